import { fstatSync, write } from 'node:fs';
import { promisify } from 'node:util';

/** Writes the bytes from `offset` on; resolves with how many were taken. Never blocks the event loop. */
export type WriteFn = (bytes: Buffer, offset: number) => Promise<number>;

const STDOUT_FD = 1;

const writeInThreadPool = promisify(write);

/** How bytes get to stdout. */
export function stdout(): WriteFn {
  const stats = fstatSync(STDOUT_FD);
  return stats.isFIFO() || stats.isSocket() || unblockTerminal() ? throughStream() : throughThreadPool;
}

/**
 * Node writes to a terminal synchronously: one that stalls would stop the supervisor, and a write in the thread pool
 * that never returns would keep the process from ending. Node has opened the terminal anew for itself, so to make that
 * non-blocking concerns nobody else. True when it is done.
 */
function unblockTerminal(): boolean {
  if (!process.stdout.isTTY) return false;
  const { _handle: handle } = process.stdout as { _handle?: { setBlocking?(isBlocking: boolean): number } };
  return handle?.setBlocking?.(false) === 0;
}

/** Node has made the pipe non-blocking, so its own stream, which is woken when there is room, serves it best. */
function throughStream(): WriteFn {
  // Without a listener the error, of which the callback tells as well, would end the process.
  process.stdout.on('error', () => {});
  return (bytes, offset) =>
    new Promise((resolve, reject) => {
      const rest = bytes.subarray(offset);
      process.stdout.write(rest, (error) => (error ? reject(error) : resolve(rest.length)));
    });
}

/** Node's own stream writes to a file synchronously: a slow disk would stop the supervisor. */
const throughThreadPool: WriteFn = async (bytes, offset) => {
  return (await writeInThreadPool(STDOUT_FD, bytes, offset)).bytesWritten;
};
