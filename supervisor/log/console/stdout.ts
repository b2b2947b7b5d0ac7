import { fstatSync, write } from 'node:fs';
import { promisify } from 'node:util';

/**
 * Writes bytes from `offset` on; resolves with how many. Never blocks the event loop.
 * @throws any error of `node:fs` or of the stream
 */
export type WriteFn = (bytes: Buffer, offset: number) => Promise<number>;

const STDOUT_FD = 1;

/** The way to write to this process's stdout that suits what it is. */
export function stdoutWriter(): WriteFn {
  const stats = fstatSync(STDOUT_FD);
  return stats.isFIFO() || stats.isSocket() || unblockTerminal() ? throughStream() : throughThreadPool;
}

/**
 * Node writes to a terminal synchronously: one that stalls would block the supervisor, and a write in the thread pool
 * that never returns would keep the process from exiting. Node has opened the terminal again for itself, so making that
 * non-blocking affects no other program. True on success.
 */
function unblockTerminal(): boolean {
  if (!process.stdout.isTTY) return false;
  const { _handle: handle } = process.stdout as { _handle?: { setBlocking?(isBlocking: boolean): number } };
  return handle?.setBlocking?.(false) === 0;
}

/** Node has made the pipe non-blocking, and its stream waits for room without polling. */
function throughStream(): WriteFn {
  // The callback gets the error too; without a listener, it would crash the process.
  process.stdout.on('error', () => {});
  return (bytes, offset) =>
    new Promise((resolve, reject) => {
      const rest = bytes.subarray(offset);
      process.stdout.write(rest, (error) => (error ? reject(error) : resolve(rest.length)));
    });
}

/** Node's stream writes to a file synchronously: a slow disk would block the supervisor. */
const throughThreadPool: WriteFn = async (bytes, offset) =>
  (await promisify(write)(STDOUT_FD, bytes, offset)).bytesWritten;
