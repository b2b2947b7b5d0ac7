import type { LevelNumber, LogRecord } from '../../../shared/record.ts';
import { markCut } from './line-framer.ts';

/** What the log needs of a record. */
export interface ReadRecord extends Pick<LogRecord, 'level' | 'time' | 'msg'> {
  /** The message is, character by character, a part of the line that was read. */
  readonly hasNoEscapes: boolean;
}

/** Latest instant that a date can show, in ms since the Unix epoch. */
const LATEST_TIME = 8.64e15;

/** `{"level":30,"time":1763817493438` and its parts, by index. */
const OPENING = '{"level":';
const LEVEL_AT = OPENING.length;
const TIME_KEY_AT = LEVEL_AT + 2;
const TIME_AT = TIME_KEY_AT + ',"time":'.length;
const SERVICE_KEY_AT = TIME_AT + 13;

/** A quote inside a value is escaped, so wherever this stands it is a key. */
const MESSAGE_KEY = ',"msg":"';

/** Most characters of an escape that a cut can leave: those of `\u00e`. */
const MAX_SPLIT_ESCAPE = 5;

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

  /** Where a record begins behind a print without a newline; 0 in a line that is none such. */
  recordOffset(line: string): number {
    const at = line.lastIndexOf(OPENING);
    return at > 0 && this.read(line.slice(at)) ? at : 0;
  }

  /** Whether it is the first part of a record and no more: that is no JSON yet. */
  isTruncated(line: string): boolean {
    return (line.startsWith(OPENING) || OPENING.startsWith(line)) && !isJson(line);
  }

  /**
   * What a line becomes of which only the beginning was kept. One of a service's own records, which may stand behind a
   * print, is closed so that it is a record again, with its message as far as it goes. Both it and any other text end
   * in the mark of a cut.
   */
  close(text: string, cutBytes: number): string {
    const at = Math.max(0, text.lastIndexOf(OPENING));
    const record = this.#closeRecord(text.slice(at), cutBytes);
    return record === undefined ? markCut(text, cutBytes) : text.slice(0, at) + record;
  }

  #closeRecord(text: string, cutBytes: number): string | undefined {
    if (!text.startsWith(OPENING) || !text.startsWith(this.#serviceKey, SERVICE_KEY_AT)) return undefined;
    const key = text.indexOf(MESSAGE_KEY, SERVICE_KEY_AT);
    // Without a message there is no telling which field was cut: none of them is kept.
    const head = text.slice(0, key === -1 ? SERVICE_KEY_AT + this.#serviceKey.length - 1 : key);
    const message = key === -1 ? '' : text.slice(key + MESSAGE_KEY.length);
    for (let split = 0; split <= MAX_SPLIT_ESCAPE; split++) {
      const whole = unquoted(message.slice(0, message.length - split));
      if (whole === undefined) continue;
      const record = `${head}${MESSAGE_KEY}${JSON.stringify(markCut(whole, cutBytes + split)).slice(1)}}`;
      return this.read(record) && record;
    }
    return undefined;
  }

  #cut(line: string): ReadRecord | undefined {
    if (!line.startsWith(OPENING) || !line.startsWith(',"time":', TIME_KEY_AT)) return undefined;
    if (!line.startsWith(this.#serviceKey, SERVICE_KEY_AT) || !line.endsWith('"}')) return undefined;
    const key = line.indexOf(MESSAGE_KEY, SERVICE_KEY_AT);
    if (key === -1) return undefined;
    const text = line.slice(key + MESSAGE_KEY.length, -2);
    // That no quote follows makes it the last key.
    const hasNoEscapes = !text.includes('"') && !text.includes('\\');
    const msg = hasNoEscapes ? text : unquoted(text);
    const level = digits(line, LEVEL_AT, TIME_KEY_AT);
    const time = digits(line, TIME_AT, SERVICE_KEY_AT);
    return msg !== undefined && isLevel(level) && time >= 0 ? { level, time, msg, hasNoEscapes } : undefined;
  }

  #parse(line: string): ReadRecord | undefined {
    const { level, time, service, msg } = parseObject(line);
    if (service !== this.#service || !isLevel(level) || typeof msg !== 'string') return undefined;
    return isTime(time) ? { level, time, msg, hasNoEscapes: false } : undefined;
  }
}

/** The whole number that stands there in digits; NaN when it does not. In a tenth of the time of `Number`. */
function digits(line: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = line.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** What stands between the quotes of a string in JSON; undefined when it is none. */
function unquoted(text: string): string | undefined {
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
  return value === 20 || value === 30 || value === 40 || value === 50;
}

function isTime(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= LATEST_TIME;
}
