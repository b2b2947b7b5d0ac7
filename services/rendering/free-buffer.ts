import { MessageChannel } from 'node:worker_threads';

const { port1, port2 } = new MessageChannel();
port2.close();

/**
 * Frees the memory of bytes at once; they must not be used afterwards. The garbage collector would wait until 60 MB or
 * more have piled up. The buffer is sent to a closed port, because `ArrayBuffer.prototype.transfer`, which is made for
 * this, is not in Node 20.
 */
export function freeBuffer({ buffer }: Uint8Array<ArrayBuffer>): void {
  port1.postMessage(buffer, [buffer]);
}
