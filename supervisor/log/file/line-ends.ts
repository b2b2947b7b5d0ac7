const NEWLINE = 0x0a;

/** Start of the line that `offset` is in. */
export function lineStart(bytes: Buffer, offset: number): number {
  return offset === 0 ? 0 : bytes.lastIndexOf(NEWLINE, offset - 1) + 1;
}

/** End of the line that `offset` is in, after its newline. */
export function lineEnd(bytes: Buffer, offset: number): number {
  const newline = bytes.indexOf(NEWLINE, offset);
  return newline === -1 ? bytes.length : newline + 1;
}

/** End of the last line that, from `offset` on, fits into `maxBytes`; `offset` when none does. */
export function endWithin(bytes: Buffer, offset: number, maxBytes: number): number {
  if (bytes.length - offset <= maxBytes) return bytes.length;
  return maxBytes < 1 ? offset : Math.max(offset, bytes.lastIndexOf(NEWLINE, offset + maxBytes - 1) + 1);
}

/** How many lines end after `offset`. */
export function countLines(bytes: Buffer, offset: number): number {
  let lines = 0;
  for (let at = offset; at < bytes.length; at = lineEnd(bytes, at)) lines++;
  return lines;
}
