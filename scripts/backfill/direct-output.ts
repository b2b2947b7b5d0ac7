import { fstatSync, open, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { promisify } from 'node:util';
import type { Output } from './output.ts';
import { failed, refused } from './output-errors.ts';
import { writeAll } from './write-all.ts';

const STDOUT_FD = 1;

const openInThreadPool = promisify(open);

/** stdout as an output: what is written is with its reader at once, so there is nothing to keep or to discard. */
export function openStdout(): Output {
  // Node has made the pipe non-blocking, so its own stream, which is woken when there is room, serves it best.
  return isPipe(fstatSync(STDOUT_FD))
    ? throughStream('stdout', process.stdout)
    : throughThreadPool('stdout', STDOUT_FD);
}

/**
 * A named pipe or a device such as /dev/null, written as it is. Waits until somebody reads the pipe.
 * @throws {UserError} `bad-output`
 */
export async function openDevice(name: string, stats: Stats): Promise<Output> {
  try {
    const fd = await openInThreadPool(name, 'w');
    return isPipe(stats) ? throughStream(name, new Socket({ fd, readable: false })) : throughThreadPool(name, fd);
  } catch (error) {
    throw refused(name, error);
  }
}

function isPipe(stats: Stats): boolean {
  return stats.isFIFO() || stats.isSocket();
}

/** A write in the thread pool whose reader stands still would keep the process from ending. */
function throughStream(name: string, stream: Writable): Output {
  // Without a listener the error, of which the callback tells as well, would end the process.
  stream.on('error', () => {});
  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      stream.write(bytes, (error) => (error ? reject(failed(name, error)) : resolve()));
    });
  return { name, write, finish: () => stream !== process.stdout && stream.end(), ...NOTHING_TO_KEEP };
}

function throughThreadPool(name: string, fd: number): Output {
  const write = async (bytes: Uint8Array) => {
    try {
      await writeAll(fd, bytes);
    } catch (error) {
      throw failed(name, error);
    }
  };
  return { name, write, finish() {}, ...NOTHING_TO_KEEP };
}

const NOTHING_TO_KEEP = { isFile: false, keep() {}, discard() {} } as const;
