/** A request line as it stands in a message, with the response if it is told. */
export interface HttpRequest {
  readonly method: string;
  /** The path without a query, `*` for each part that is an id: `/api/v1/orders/*`. */
  readonly route: string;
  readonly status: number | undefined;
  readonly durationMs: number | undefined;
  /** Where it begins in the message … */
  readonly start: number;
  /** … and where what follows the duration begins. */
  readonly end: number;
}

const METHOD = '(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)';

/** `POST /api/v1/orders 201 in 187 ms` and `"POST /api/v1/orders HTTP/1.1" 201 5120 187ms`. */
const REQUEST = new RegExp(
  [
    `(?:"(?<quoted>${METHOD} /[^"]*?)(?: HTTP/[\\d.]+)?"|\\b(?<plain>${METHOD} /[^\\s":,]*))`,
    '(?: (?<status>\\d{3})\\b)?',
    // The number of bytes, or a dash for none.
    '(?: (?:\\d+\\b(?! ?m?s\\b)|-(?= )))?',
    '(?: in)?(?: (?<ms>\\d+(?:\\.\\d+)?) ?ms\\b)?',
  ].join(''),
);

const ID_IN_PATH = /\/(?!v\d+(?:\/|$))[^/]*\d[^/]*/g;

/** Finds the first request line in a message. */
export function findHttpRequest(message: string): HttpRequest | undefined {
  // Most lines have none, and a search for a text is faster than for a pattern.
  if (!message.includes(' /')) return undefined;
  const match = REQUEST.exec(message);
  if (!match) return undefined;
  const { quoted, plain = '', status, ms } = match.groups as Record<string, string | undefined>;
  const [method = '', target = ''] = (quoted ?? plain).split(' ', 2);
  return {
    method,
    route: (target.split('?', 1)[0] as string).replace(ID_IN_PATH, '/*'),
    status: status === undefined ? undefined : Number(status),
    durationMs: ms === undefined ? undefined : Number(ms),
    start: match.index,
    end: match.index + match[0].length,
  };
}
