import { writeSync } from 'node:fs';
import pino from 'pino';
import { clockOffsetMark } from '../../shared/record.ts';
import type { RenderedLine } from '../simulation/line-renderer.ts';

/** Where a service writes its lines. */
export interface LineWriter {
  /** How many lines this process has written. */
  readonly lines: number;
  /** Adds a line with that time stamp, in ms since the epoch. */
  add(time: number, line: RenderedLine): void;
  /** From here on time stamps are so many ms ahead of the world's time. */
  setClockOffset(ms: number): void;
  /**
   * Writes the lines added, in order; they have left the process when it returns.
   * @throws the system's error, such as EPIPE for a closed reader
   */
  flush(): void;
}

const METHODS = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' } as const;

/**
 * Standard output in pino's form, one record a line. The lines of one wake-up share a write, which is synchronous: what
 * was written before a SIGKILL has arrived. (pino's own destination would wait forever for a closed reader.)
 * @param service name in the log
 */
export function pinoLineWriter(service: string): LineWriter {
  let buffered = '';
  let bufferedLines = 0;
  let writtenLines = 0;
  let time = 0;
  const logger = pino(
    // The time is the event's own, not that of writing.
    { base: { service }, level: 'debug', timestamp: () => `,"time":${time}` },
    {
      write: (line: string) => {
        buffered += line;
      },
    },
  );
  return {
    get lines() {
      return writtenLines;
    },
    add(at, { level, fields, message }) {
      time = at;
      logger[METHODS[level]](fields, message);
      bufferedLines++;
    },
    setClockOffset(ms) {
      buffered += `${clockOffsetMark(ms)}\n`;
    },
    flush() {
      if (buffered === '') return;
      writeAll(Buffer.from(buffered));
      buffered = '';
      writtenLines += bufferedLines;
      bufferedLines = 0;
    },
  };
}

/** A full pipe that somebody has made non-blocking fails with EAGAIN: how long until the next try, in ms. */
const RETRY_MS = 2;
const neverNotified = new Int32Array(new SharedArrayBuffer(4));

function writeAll(bytes: Buffer): void {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(1, bytes, offset);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(neverNotified, 0, 0, RETRY_MS);
    }
  }
}
