import { write } from 'node:fs';
import { promisify } from 'node:util';

const writeInThreadPool = promisify(write);

/** Writes all bytes to an open file without blocking the event loop. A write may take less than it is given. */
export async function writeAll(fd: number, bytes: Uint8Array): Promise<void> {
  let offset = 0;
  while (offset < bytes.length) offset += (await writeInThreadPool(fd, bytes, offset)).bytesWritten;
}
