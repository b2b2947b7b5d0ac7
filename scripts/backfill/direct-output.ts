import { fstatSync, open, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { promisify } from 'node:util';
import type { Output } from './output.ts';
import { toOpenError, toWriteError } from './output-errors.ts';
import { writeAll } from './write-all.ts';

const STDOUT_FD = 1;

const openInThreadPool = promisify(open);

/** stdout as an output. */
export function openStdout(): Output {
  // Node has made the pipe non-blocking, and only its own stream is woken once there is room.
  return isPipe(fstatSync(STDOUT_FD)) ? streamOutput('stdout', process.stdout) : fdOutput('stdout', STDOUT_FD);
}

/**
 * A named pipe or a device such as /dev/null as an output. Waits until a reader opens the pipe.
 * @throws {UserError} `bad-output`
 */
export async function openDevice(name: string, stats: Stats): Promise<Output> {
  try {
    const fd = await openInThreadPool(name, 'w');
    return isPipe(stats) ? streamOutput(name, new Socket({ fd, readable: false })) : fdOutput(name, fd);
  } catch (error) {
    throw toOpenError(name, error);
  }
}

function isPipe(stats: Stats): boolean {
  return stats.isFIFO() || stats.isSocket();
}

/** For pipes: a write in the thread pool to a pipe whose reader stalls would keep the process from exiting. */
function streamOutput(name: string, stream: Writable): Output {
  // The callback reports errors; but without a listener they would end the process too.
  stream.on('error', () => {});
  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      stream.write(bytes, (error) => (error ? reject(toWriteError(name, error)) : resolve()));
    });
  return { name, write, finish: () => stream !== process.stdout && stream.end(), ...NOTHING_TO_KEEP };
}

function fdOutput(name: string, fd: number): Output {
  return { name, write: (bytes) => writeAll(name, fd, bytes), finish() {}, ...NOTHING_TO_KEEP };
}

/** What is written is with the reader at once. */
const NOTHING_TO_KEEP = { isFile: false, keep() {}, discard() {} } as const;
