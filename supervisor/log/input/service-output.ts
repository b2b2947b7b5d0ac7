import { isAscii } from 'node:buffer';
import {
  formatLine,
  formatRecord,
  LEVEL_NUMBERS,
  type LevelNumber,
  type LogRecord,
  readClockOffsetMark,
} from '../../../shared/record.ts';
import type { Sink } from '../batch.ts';
import { isFromInspector } from './inspector-lines.ts';
import { LineCoalescer } from './line-coalescer.ts';
import { LineFramer } from './line-framer.ts';
import type { PrintTimes } from './print-times.ts';
import { RecordReader } from './record-reader.ts';

/** Is told of each line of the service. */
export interface Tally {
  count(level: LevelNumber, time: number): void;
  /** Is told of each record before its line, and of the world's time at which that was due, in ms. */
  arrived(time: number): void;
}

/** The one control character of ASCII that stands in JSON as it is. */
const DELETE = 0x7f;

/** How many lines of its stderr are remembered, to tell why a process died: more than a stack trace has. */
const MAX_STDERR_TAIL_LINES = 30;

/**
 * What one process writes, on its way to the log: a record becomes its line; anything else becomes a line of that
 * service too, WARNING from stdout and ERROR from stderr, so that nothing a process says is lost. Lines of stderr that
 * follow closely stay together, as those of a stack trace do. All are in order of time.
 */
export class ServiceOutput {
  readonly #logName: string;
  readonly #sink: Sink;
  readonly #tally: Tally;
  readonly #printTimes: PrintTimes;
  readonly #reader: RecordReader;
  readonly #stdout = new LineFramer({ close: (text, cutBytes) => this.#reader.close(text, cutBytes) });
  readonly #stderr = new LineFramer();
  readonly #words = new LineCoalescer((lines) => this.#emit(lines, LEVEL_NUMBERS.ERROR));
  /** What has come of the line that is still going on is plain. */
  #wasPlain = true;
  #records = 0;
  /** From the world's time to the time stamps of records, in ms. */
  #clockOffsetMs = 0;
  #printedBytes = 0;
  #lastWords: readonly string[] = [];

  constructor(logName: string, sink: Sink, tally: Tally, printTimes: PrintTimes) {
    this.#logName = logName;
    this.#sink = sink;
    this.#tally = tally;
    this.#printTimes = printTimes;
    this.#reader = new RecordReader(logName);
  }

  /** Records handed to the sink so far. */
  get records(): number {
    return this.#records;
  }

  /** The process has written everything before `until`, in ms since the Unix epoch, in so many records. */
  reached(records: number, until: number | undefined): void {
    if (until !== undefined) this.#printTimes.reached(records, until);
  }

  /** Bytes of what is no record: as lines of the log, and what those lines leave out. */
  get printedBytes(): number {
    return this.#printedBytes + this.#stdout.truncatedBytes + this.#stderr.truncatedBytes;
  }

  /** The last lines of stderr. */
  get lastWords(): readonly string[] {
    return this.#lastWords;
  }

  stdout(chunk: Buffer): void {
    const hasNoControlChars = isAscii(chunk) && !chunk.includes(DELETE);
    const lines = this.#stdout.push(chunk);
    this.#emit(lines, LEVEL_NUMBERS.WARNING, hasNoControlChars && this.#wasPlain);
    this.#wasPlain = hasNoControlChars && (this.#wasPlain || lines.length > 0);
  }

  stderr(chunk: Buffer): void {
    this.#say(this.#stderr.push(chunk));
  }

  /** Both streams have ended. A record that a SIGKILL cut off is nothing that was said: it belongs to the gap. */
  end(): void {
    const rest = this.#stdout.end().filter((line) => !this.#reader.isTruncated(line));
    this.#emit(rest, LEVEL_NUMBERS.WARNING);
    this.#say(this.#stderr.end());
    this.#words.flush();
  }

  #say(lines: readonly string[]): void {
    const said = lines.filter((line) => !isFromInspector(line));
    this.#lastWords = [...this.#lastWords, ...said.filter(isWritten)].slice(-MAX_STDERR_TAIL_LINES);
    this.#words.push(said);
  }

  #countRecord(time: number): void {
    this.#records++;
    this.#tally.arrived(time - this.#clockOffsetMs);
    this.#printTimes.record(time);
  }

  /** @param hasNoControlChars there is no control character in the lines that JSON does not escape */
  #emit(lines: readonly string[], fallbackLevel: LevelNumber, hasNoControlChars = false): void {
    let text = '';
    const records: string[] = [];
    const hasRecords = fallbackLevel === LEVEL_NUMBERS.WARNING;
    const add = (line: string): void => {
      const read = hasRecords ? this.#reader.read(line) : undefined;
      const clockOffsetMs = hasRecords && !read ? readClockOffsetMark(line) : undefined;
      if (clockOffsetMs !== undefined) {
        this.#clockOffsetMs = clockOffsetMs;
        return;
      }
      const print = hasRecords && !read ? line.slice(0, this.#reader.recordOffset(line)) : '';
      if (print !== '') {
        for (const part of [print, line.slice(print.length)]) add(part);
        return;
      }
      if (read) this.#countRecord(read.time);
      else if (!isWritten(line)) return;
      const { level, time, msg } = read ?? { level: fallbackLevel, time: this.#printTimes.print(), msg: line };
      const record = { level, time, service: this.#logName, msg } satisfies LogRecord;
      const formatted = `${hasNoControlChars && read?.hasNoEscapes ? formatLine(record) : formatRecord(record)}\n`;
      text += formatted;
      if (!read) this.#printedBytes += formatted.length;
      records.push(read ? line : JSON.stringify(record));
      this.#tally.count(level, time);
    };
    for (const line of lines) add(line);
    if (records.length > 0) this.#sink.write({ lines: records.length, bytes: Buffer.from(text), records });
  }
}

/** Blank lines, as between the parts of a stack trace, carry nothing. */
function isWritten(line: string): boolean {
  return line.trim() !== '';
}
