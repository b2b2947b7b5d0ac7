/** Levels by pino's numbers, as they are printed. */
export const LEVELS = { 20: 'DEBUG', 30: 'INFO', 40: 'WARNING', 50: 'ERROR' } as const;

export type LevelNumber = keyof typeof LEVELS;
export type Level = (typeof LEVELS)[LevelNumber];

export const LEVEL_NUMBERS = { DEBUG: 20, INFO: 30, WARNING: 40, ERROR: 50 } as const satisfies Record<
  Level,
  LevelNumber
>;

/** One line of the log as a child hands it to the supervisor: one JSON object, pino's form. */
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
 * What a service writes among its records when the clock was set back: from here on the time stamps of records are so
 * many ms from the world's time. It is no record and no line of the log.
 */
export function clockOffsetMark(clockOffsetMs: number): string {
  return `${CLOCK_OFFSET}${clockOffsetMs}}`;
}

/** The offset that such a mark tells, in ms; undefined for any other line. */
export function readClockOffsetMark(line: string): number | undefined {
  if (!line.startsWith(CLOCK_OFFSET)) return undefined;
  const offset = Number(line.slice(CLOCK_OFFSET.length, -1));
  return Number.isFinite(offset) && line.endsWith('}') ? offset : undefined;
}

/** A bad line is a WARNING or an ERROR. */
export function isBad(level: LevelNumber): boolean {
  return level >= LEVEL_NUMBERS.WARNING;
}

/** Every control character (C0, DEL, C1) and the two Unicode line ends: whatever could split or hide a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** The text with each control character written as `\n`, `\t` or `\u....`. */
export function escapeControlChars(text: string): string {
  return text.replace(CONTROL, (char) => {
    if (char === '\n') return '\\n';
    if (char === '\t') return '\\t';
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** The second of the last time stamp, and its text: a date takes longer to write than all else in a line. */
let second = Number.NaN;
let upToSecond = '';

/** An instant in ms since the epoch as it stands in the log: ISO 8601 in UTC, with milliseconds. */
export function formatTimestamp(ms: number): string {
  const whole = Math.floor(ms / 1000);
  if (whole !== second) {
    upToSecond = new Date(whole * 1000).toISOString().slice(0, -'000Z'.length);
    second = whole;
  }
  const rest = Math.floor(ms - whole * 1000);
  return `${upToSecond}${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}Z`;
}

/** The line of text that a record becomes, without its newline. */
export function formatRecord(record: Pick<LogRecord, 'level' | 'time' | 'service' | 'msg'>): string {
  return formatLine({ ...record, msg: escapeControlChars(record.msg) });
}

/** The same of a message that is known to be one line. */
export function formatLine({
  level,
  time,
  service,
  msg,
}: Pick<LogRecord, 'level' | 'time' | 'service' | 'msg'>): string {
  return `${formatTimestamp(time)} [${LEVELS[level]}] [${service}]: ${msg}`;
}

const LINE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) \[(DEBUG|INFO|WARNING|ERROR)\] \[([A-Za-z0-9]+)\]: (.*)$/u;

export interface ParsedLine {
  readonly time: number;
  readonly level: Level;
  readonly service: string;
  readonly message: string;
}

/** Reads a line of the log back; undefined when it is none. */
export function parseLine(line: string): ParsedLine | undefined {
  const match = LINE.exec(line);
  if (!match) return undefined;
  const [, time, level, service, message] = match as unknown as [string, string, Level, string, string];
  return { time: Date.parse(time), level, service, message };
}
