import { writeSync } from 'node:fs';
import pino from 'pino';
import { clockOffsetMark } from '../../shared/record.ts';
import type { RenderedLine } from '../simulation/line-renderer.ts';

export interface LineWriter {
  /** How many lines this process has written. */
  readonly lines: number;
  /** Takes a line due at `time` (ms since the epoch). */
  add(time: number, told: RenderedLine): void;
  /** From here on time stamps are so many ms from the world's time. */
  setClockOffset(ms: number): void;
  /**
   * Writes the lines taken, in order; they have left the process when it returns.
   * @throws what the system says when nobody reads any more: EPIPE
   */
  flush(): void;
}

const METHODS = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' } as const;

/**
 * Standard output in pino's form, one record a line. The lines of one wake-up share a write, and that is synchronous:
 * what was written before a SIGKILL has arrived. (pino's own destination would wait for ever for a reader that is gone.)
 */
export function pinoLineWriter(service: string): LineWriter {
  let pending = '';
  let time = 0;
  const logger = pino(
    // The time is the event's own, not that of writing.
    { base: { service }, level: 'debug', timestamp: () => `,"time":${time}` },
    {
      write: (line: string) => {
        pending += line;
      },
    },
  );
  let lines = 0;
  let waiting = 0;
  return {
    get lines() {
      return lines;
    },
    add(at, { level, fields, message }) {
      time = at;
      logger[METHODS[level]](fields, message);
      waiting++;
    },
    setClockOffset(ms) {
      pending += `${clockOffsetMark(ms)}\n`;
    },
    flush() {
      if (pending === '') return;
      writeAll(Buffer.from(pending));
      pending = '';
      lines += waiting;
      waiting = 0;
    },
  };
}

/** A pipe that somebody has made non-blocking says EAGAIN when it is full; ms until it is tried again. */
const FULL_RETRY_MS = 2;
const never = new Int32Array(new SharedArrayBuffer(4));

function writeAll(bytes: Buffer): void {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(1, bytes, offset);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(never, 0, 0, FULL_RETRY_MS);
    }
  }
}
