import type { LevelNumber, LogRecord } from '../../../shared/record.ts';
import { markCut } from './line-framer.ts';

/** What the log needs of a record. */
export interface ReadRecord extends Pick<LogRecord, 'level' | 'time' | 'msg'> {
  /** Whether the message stands in the line as it is: without an escape of JSON. False also when that is unknown. */
  readonly hasNoEscapes: boolean;
}

/** Range of `Date` (ECMA-262), in ms before and after the Unix epoch. */
const MAX_TIME = 8.64e15;

/** Indexes of the parts of `{"level":30,"time":1763817493438`. */
const OPENING = '{"level":';
const LEVEL_AT = OPENING.length;
const TIME_KEY_AT = LEVEL_AT + 2;
const TIME_AT = TIME_KEY_AT + ',"time":'.length;
const SERVICE_KEY_AT = TIME_AT + 13;

/** A quote inside a value is escaped, so this is always a key. */
const MESSAGE_KEY = ',"msg":"';

/** Longest part of an escape that a cut can leave, in characters: `\u00e`. */
const MAX_PART_OF_ESCAPE = 5;

/**
 * Reads the records of one service; anything else, also a record of another service, is none.
 *
 * Records as the services write them are cut by index, in about half the time of a `JSON.parse`: they start with level,
 * time and service and end with the message. Any other form is parsed.
 */
export class RecordReader {
  /** Name in the log. */
  readonly service: string;
  readonly #serviceKey: string;

  /** @param service its name in the log */
  constructor(service: string) {
    this.service = service;
    this.#serviceKey = `,"service":"${service}",`;
  }

  /** Undefined when the line is no record. */
  read(line: string): ReadRecord | undefined {
    return line.startsWith('{') ? (this.#cut(line) ?? this.#parse(line)) : undefined;
  }

  /** Where a record starts after a print without a newline; 0 when there is no such print or no record. */
  recordOffset(line: string): number {
    const at = line.lastIndexOf(OPENING);
    return at > 0 && this.read(line.slice(at)) ? at : 0;
  }

  /** Whether the line is the start of a record without its end. */
  isTruncated(line: string): boolean {
    return (line.startsWith(OPENING) || OPENING.startsWith(line)) && parseJson(line) === undefined;
  }

  /**
   * Completes a line of which only the start was kept. A record, also one after a print, is closed with as much of its
   * message as there is. Either way the text gets the mark of `markCut`.
   */
  close(text: string, cutBytes: number): string {
    const at = Math.max(0, text.lastIndexOf(OPENING));
    const record = this.#closeRecord(text.slice(at), cutBytes);
    return record === undefined ? markCut(text, cutBytes) : text.slice(0, at) + record;
  }

  #closeRecord(text: string, cutBytes: number): string | undefined {
    if (!text.startsWith(OPENING) || !text.startsWith(this.#serviceKey, SERVICE_KEY_AT)) return undefined;
    const key = text.indexOf(MESSAGE_KEY, SERVICE_KEY_AT);
    // Without a message, the last field may be incomplete and its start is unknown: no field is kept.
    const head = text.slice(0, key === -1 ? SERVICE_KEY_AT + this.#serviceKey.length - 1 : key);
    const escaped = key === -1 ? '' : text.slice(key + MESSAGE_KEY.length);
    for (let part = 0; part <= MAX_PART_OF_ESCAPE; part++) {
      const msg = unescapeJson(escaped.slice(0, escaped.length - part));
      if (msg === undefined) continue;
      const record = `${head}${MESSAGE_KEY}${JSON.stringify(markCut(msg, cutBytes + part)).slice(1)}}`;
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
    // Without a further quote, this is the last key.
    const hasNoEscapes = !text.includes('"') && !text.includes('\\');
    const msg = hasNoEscapes ? text : unescapeJson(text);
    const level = parseDigits(line, LEVEL_AT, TIME_KEY_AT);
    const time = parseDigits(line, TIME_AT, SERVICE_KEY_AT);
    return msg !== undefined && isLevel(level) && time >= 0 ? { level, time, msg, hasNoEscapes } : undefined;
  }

  #parse(line: string): ReadRecord | undefined {
    const { level, time, service, msg } = (parseJson(line) ?? {}) as Partial<Record<string, unknown>>;
    if (service !== this.service || !isLevel(level) || typeof msg !== 'string') return undefined;
    return isTime(time) ? { level, time, msg, hasNoEscapes: false } : undefined;
  }
}

/** The decimal number at `from`, up to `to`; NaN when there is none. Takes a tenth of the time of `Number`. */
function parseDigits(line: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = line.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** The string of which JSON has `text` between the quotes; undefined when that is no string. */
function unescapeJson(text: string): string | undefined {
  return parseJson(`"${text}"`) as string | undefined;
}

/** Undefined for invalid JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isLevel(value: unknown): value is LevelNumber {
  return value === 20 || value === 30 || value === 40 || value === 50;
}

function isTime(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= MAX_TIME;
}
