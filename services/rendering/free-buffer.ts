import { MessageChannel } from 'node:worker_threads';

const { port1, port2 } = new MessageChannel();
port2.close();

/**
 * Gives the memory of bytes back at once; they are gone after that. The collector sees no need to look for it until
 * there are 60 MB and more of such. Sent to a port that nobody listens to: `ArrayBuffer.prototype.transfer`, which is
 * made for this, is not in Node 20.
 */
export function freeBuffer({ buffer }: Uint8Array<ArrayBuffer>): void {
  port1.postMessage(buffer, [buffer]);
}
