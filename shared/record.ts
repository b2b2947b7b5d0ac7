/** Levels as printed, by pino's numbers. */
export const LEVELS = { 20: 'DEBUG', 30: 'INFO', 40: 'WARNING', 50: 'ERROR' } as const;

/** A level as pino numbers it. */
export type LevelNumber = keyof typeof LEVELS;
/** A level as printed. */
export type Level = (typeof LEVELS)[LevelNumber];

/** pino's numbers by the printed levels. */
export const LEVEL_NUMBERS = { DEBUG: 20, INFO: 30, WARNING: 40, ERROR: 50 } as const satisfies Record<
  Level,
  LevelNumber
>;

/** One line of the log as a service writes it for the supervisor: one JSON object in pino's form. */
export interface LogRecord {
  readonly level: LevelNumber;
  /** The event's own time, in ms since the Unix epoch. */
  readonly time: number;
  /** Name in the log, for example `ApiService`. */
  readonly service: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

const CLOCK_OFFSET = '{"clockOffsetMs":';

/**
 * The mark that a service writes between its records when the clock was set back: from here on, the time stamps of
 * records differ from the world's time by this offset. It does not become a line of the log.
 */
export function clockOffsetMark(clockOffsetMs: number): string {
  return `${CLOCK_OFFSET}${clockOffsetMs}}`;
}

/** The offset in a mark, in ms; undefined for any other line. */
export function readClockOffsetMark(line: string): number | undefined {
  if (!line.startsWith(CLOCK_OFFSET)) return undefined;
  const offset = Number(line.slice(CLOCK_OFFSET.length, -1));
  return Number.isFinite(offset) && line.endsWith('}') ? offset : undefined;
}

/** A bad line is a WARNING or an ERROR. */
export function isBad(level: LevelNumber): boolean {
  return level >= LEVEL_NUMBERS.WARNING;
}

/** Control characters (C0, DEL, C1) and the two Unicode line ends: all that could split or hide a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it matches
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** The text with each control character escaped as `\n`, `\t` or `\u....`. */
export function escapeControlChars(text: string): string {
  return text.replace(CONTROL, (char) => {
    if (char === '\n') return '\\n';
    if (char === '\t') return '\\t';
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** The second of the last time stamp, and its text: formatting a date takes longer than the rest of a line. */
let cachedSecond = Number.NaN;
let cachedText = '';

/** An instant (ms since the epoch) in the form of the log: ISO 8601 in UTC, with milliseconds. */
export function formatTimestamp(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== cachedSecond) {
    cachedText = new Date(second * 1000).toISOString().slice(0, -'000Z'.length);
    cachedSecond = second;
  }
  const millisecond = Math.floor(ms - second * 1000);
  return `${cachedText}${millisecond < 10 ? '00' : millisecond < 100 ? '0' : ''}${millisecond}Z`;
}

/** The line of text for a record, without its newline. */
export function formatRecord(record: Pick<LogRecord, 'level' | 'time' | 'service' | 'msg'>): string {
  return formatLine({ ...record, msg: escapeControlChars(record.msg) });
}

/** The same for a message that is known to have no control characters. */
export function formatLine({
  level,
  time,
  service,
  msg,
}: Pick<LogRecord, 'level' | 'time' | 'service' | 'msg'>): string {
  return `${formatTimestamp(time)} [${LEVELS[level]}] [${service}]: ${msg}`;
}

const LINE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) \[(DEBUG|INFO|WARNING|ERROR)\] \[([A-Za-z0-9]+)\]: (.*)$/u;

/** A line of the log. */
export interface ParsedLine {
  /** In ms since the Unix epoch. */
  readonly time: number;
  readonly level: Level;
  readonly service: string;
  readonly message: string;
}

/** Parses a line of the log; undefined for any other text. */
export function parseLine(line: string): ParsedLine | undefined {
  const match = LINE.exec(line);
  if (!match) return undefined;
  const [, time, level, service, message] = match as unknown as [string, string, Level, string, string];
  return { time: Date.parse(time), level, service, message };
}
