import type { HttpRequest } from './http-request.ts';

/** What stands for a request line in a template. */
export const REQUEST_MARK = '<request>';

/** A quoted text; what the program itself says stands after one of these keys, anything else is data. */
const QUOTED = /\b((?:msg|err|error|reason|plan)=)"([^"]*)"|"[^"]*"/g;

/** A value of a logfmt line that is data, not what the program says. */
const LOGFMT_DATA = /( (?!msg=|err=|error=|reason=|plan=)\w+=)(?:"[^"]*"|\S+)/g;

/** What differs between lines that the same statement of a program writes. */
const VARIABLE = new RegExp(
  [
    // Words with a digit: numbers, ids, addresses, names of hosts.
    '[^\\s"\'(),;=[\\]]*\\d[^\\s"\'(),;=[\\]]*',
    '[\\w.+-]+@[\\w.-]+',
    '(?:[\\w-]+\\.)+example\\.(?:com|org|net)',
    // Hexadecimal ids that happen to have no digit.
    '\\b(?:[a-z]+_)?[a-f]{4,}\\b',
    // Places.
    "(?<=\\bfrom )[A-Z][\\w'.-]*(?: [A-Z][\\w'.-]*)*",
  ].join('|'),
  'g',
);

/** What an access log writes before a request instead of an id that the client does not have. */
const NO_VALUE = / - $/;

/**
 * The message with `*` for what is variable, and `<request>` for a request line with its status and duration. Of a bad
 * line it is the cause: two lines with the same template tell the same fault.
 */
export function templateOf(message: string, http: HttpRequest | undefined): string {
  if (message.startsWith('msg=')) return mask(message.replace(LOGFMT_DATA, '$1*'));
  if (!http) return mask(message);
  return mask(message.slice(0, http.start).replace(NO_VALUE, ' * ')) + REQUEST_MARK + mask(message.slice(http.end));
}

function mask(text: string): string {
  const unquoted = text.includes('"')
    ? text.replace(QUOTED, (_, key: string | undefined, value: string) => (key ? key + value : '*'))
    : text;
  return unquoted.replace(VARIABLE, '*');
}
