import { write } from 'node:fs';
import { promisify } from 'node:util';
import { toWriteError } from './output-errors.ts';

const writeInThreadPool = promisify(write);

/**
 * Writes all bytes to an open file without blocking the event loop. A single write may take fewer than it is given.
 * @param name of the output, for messages
 * @throws {ReaderClosed}
 * @throws {UserError} `output-failed`
 */
export async function writeAll(name: string, fd: number, bytes: Uint8Array): Promise<void> {
  try {
    let offset = 0;
    while (offset < bytes.length) offset += (await writeInThreadPool(fd, bytes, offset)).bytesWritten;
  } catch (error) {
    throw toWriteError(name, error);
  }
}
