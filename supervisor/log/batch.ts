import { formatRecord, type LogRecord } from '../../shared/record.ts';

/** Whole lines that go to every sink together. */
export interface Batch {
  readonly lines: number;
  /** The lines as text, each with its newline, in UTF-8. */
  readonly bytes: Buffer;
  /** The same lines as records in JSON, for a sink that shows them in another form. */
  readonly records: readonly string[];
}

/** Takes every batch at once and never throws: what it cannot pass on it keeps or counts. */
export interface Sink {
  write(batch: Batch): void;
  /** Resolves once all that it took so far is where it is to go, or can no longer get there. */
  drained?(): Promise<void>;
}

export function toBatch(record: LogRecord): Batch {
  return {
    lines: 1,
    bytes: Buffer.from(`${formatRecord(record)}\n`),
    records: [JSON.stringify(record)],
  };
}
