import { LEVELS, type LevelNumber, type LogRecord } from '../../shared/record.ts';

/** What the log needs of a record. */
export type ReadRecord = Pick<LogRecord, 'level' | 'time' | 'msg'>;

/** Latest instant that a date can show, in ms since the Unix epoch. */
const LATEST_TIME = 8.64e15;

/** `{"level":30,"time":1763817493438` and its parts, by index. */
const OPENING = '{"level":';
const LEVEL_AT = OPENING.length;
const TIME_KEY_AT = LEVEL_AT + 2;
const TIME_AT = TIME_KEY_AT + ',"time":'.length;
const SERVICE_KEY_AT = TIME_AT + 13;

/**
 * Reads the records of one service. Anything else, a record of another service too, is none.
 *
 * The form that the services write is cut by index, in about half the time of a `JSON.parse`: it opens with level,
 * time and service and closes with a message. Whatever differs is parsed.
 */
export class RecordReader {
  readonly #service: string;
  readonly #serviceKey: string;

  constructor(service: string) {
    this.#service = service;
    this.#serviceKey = `,"service":"${service}",`;
  }

  read(line: string): ReadRecord | undefined {
    return line.startsWith('{') ? (this.#cut(line) ?? this.#parse(line)) : undefined;
  }

  /** Whether it is the first part of a record and no more: that is no JSON yet. */
  isCutOff(line: string): boolean {
    return (line.startsWith(OPENING) || OPENING.startsWith(line)) && !isJson(line);
  }

  #cut(line: string): ReadRecord | undefined {
    if (!line.startsWith(OPENING) || !line.startsWith(',"time":', TIME_KEY_AT)) return undefined;
    if (!line.startsWith(this.#serviceKey, SERVICE_KEY_AT) || !line.endsWith('"}')) return undefined;
    // A quote inside a value is escaped, so this is a key; that no quote follows makes it the last one.
    const key = line.lastIndexOf(',"msg":"');
    if (key < SERVICE_KEY_AT) return undefined;
    const msg = unquoted(line.slice(key + ',"msg":"'.length, -2));
    if (msg === undefined) return undefined;
    const level = Number(line.slice(LEVEL_AT, TIME_KEY_AT));
    const time = Number(line.slice(TIME_AT, SERVICE_KEY_AT));
    return isLevel(level) && Number.isInteger(time) ? { level, time, msg } : undefined;
  }

  #parse(line: string): ReadRecord | undefined {
    const { level, time, service, msg } = parseObject(line);
    if (service !== this.#service || !isLevel(level) || typeof msg !== 'string') return undefined;
    return isTime(time) ? { level, time, msg } : undefined;
  }
}

/** What stands between the quotes of a string in JSON; undefined when it is none. */
function unquoted(text: string): string | undefined {
  if (!text.includes('"') && !text.includes('\\')) return text;
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return undefined;
  }
}

function parseObject(line: string): Partial<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Partial<Record<string, unknown>>;
  } catch {
    return {};
  }
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function isLevel(value: unknown): value is LevelNumber {
  return typeof value === 'number' && Object.hasOwn(LEVELS, value);
}

function isTime(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= LATEST_TIME;
}
