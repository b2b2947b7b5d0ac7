/** Blocks the event loop for so many ms without using the processor, as if the process had stalled. */
export function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
