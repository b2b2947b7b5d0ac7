/** Keeps the event loop from everything else, as if the process stood still; takes no time of the processor. */
export function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
