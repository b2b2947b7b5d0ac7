import pino from 'pino';
import type { LogRecord } from '../shared/record.ts';

export interface Output {
  /** How many lines this process has written. */
  readonly lines: number;
  /** Writes the records in order; they have left the process when it returns. */
  write(records: readonly LogRecord[]): void;
}

/** Standard output in pino's form, one record a line. */
export function pinoOutput(): Output {
  // Synchronous: what was written before a SIGKILL has arrived. One write for the lines of one wake-up.
  const destination = pino.destination({ dest: 1, sync: true, minLength: 8192 });
  let time = 0;
  const logger = pino(
    // The time is the event's own, not that of writing.
    { base: null, level: 'debug', timestamp: () => `,"time":${time}` },
    destination,
  );
  let lines = 0;
  return {
    get lines() {
      return lines;
    },
    write(records) {
      for (const { level, msg, ...fields } of records) {
        ({ time } = fields);
        // pino writes the time itself.
        const { time: _, ...rest } = fields;
        logger[METHODS[level]](rest, msg);
      }
      destination.flushSync();
      lines += records.length;
    },
  };
}

const METHODS = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' } as const;
