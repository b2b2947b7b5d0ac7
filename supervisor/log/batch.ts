import { formatRecord, LEVEL_NUMBERS, type Level, type LogRecord } from '../../shared/record.ts';

/** Whole lines that go to every sink together. */
export interface Batch {
  readonly lines: number;
  /** The lines as text, each with its newline, in UTF-8. */
  readonly bytes: Buffer;
  /** The same lines as records in JSON, for a sink that formats them itself. */
  readonly records: readonly string[];
}

/** Takes every batch at once and never throws: what it cannot write it keeps or counts. */
export interface Sink {
  write(batch: Batch): void;
  /** Takes an event that a blind log leaves out. A sink that others read has no such method. */
  writeUntold?(event: Batch): void;
  /** Resolves once everything accepted so far is written, or cannot be written for now. */
  drained?(): Promise<void>;
}

/** The record as a batch of one line. */
export function toBatch(record: LogRecord): Batch {
  return { lines: 1, bytes: Buffer.from(`${formatRecord(record)}\n`), records: [JSON.stringify(record)] };
}

/** An event, that is a line from the supervisor itself, dated now. */
export function eventBatch(level: Level, msg: string): Batch {
  return toBatch({ level: LEVEL_NUMBERS[level], time: Date.now(), service: 'Supervisor', msg });
}
