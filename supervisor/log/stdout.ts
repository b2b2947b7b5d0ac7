import { fstatSync, write } from 'node:fs';
import { promisify } from 'node:util';

/** Writes the bytes from `offset` on; resolves with how many were taken. Never blocks the event loop. */
export type Put = (bytes: Buffer, offset: number) => Promise<number>;

const STDOUT = 1;

const writeInThreadPool = promisify(write);

/** How bytes get to stdout. */
export function stdout(): Put {
  const stats = fstatSync(STDOUT);
  return stats.isFIFO() || stats.isSocket() ? throughStream() : throughThreadPool;
}

/** Node has made the pipe non-blocking, so its own stream, which is woken when there is room, serves it best. */
function throughStream(): Put {
  // Without a listener the error, of which the callback tells as well, would end the process.
  process.stdout.on('error', () => {});
  return (bytes, offset) =>
    new Promise((resolve, reject) => {
      const rest = bytes.subarray(offset);
      process.stdout.write(rest, (error) => (error ? reject(error) : resolve(rest.length)));
    });
}

/** On a terminal or a file Node's own stream writes synchronously: a stalled terminal would stop the supervisor. */
const throughThreadPool: Put = async (bytes, offset) => {
  return (await writeInThreadPool(STDOUT, bytes, offset)).bytesWritten;
};
