const NEWLINE = 0x0a;

/** Where the line begins that `offset` is in. */
export function lineStart(bytes: Buffer, offset: number): number {
  return offset === 0 ? 0 : bytes.lastIndexOf(NEWLINE, offset - 1) + 1;
}

/** Where the line ends that `offset` is in, its newline included. */
export function lineEnd(bytes: Buffer, offset: number): number {
  const newline = bytes.indexOf(NEWLINE, offset);
  return newline === -1 ? bytes.length : newline + 1;
}

/** Where the last line ends that, from `offset` on, goes into so much room; `offset` when not even one does. */
export function endWithin(bytes: Buffer, offset: number, room: number): number {
  if (bytes.length - offset <= room) return bytes.length;
  return room < 1 ? offset : Math.max(offset, bytes.lastIndexOf(NEWLINE, offset + room - 1) + 1);
}

/** How many lines end after `offset`. */
export function countLines(bytes: Buffer, offset: number): number {
  let lines = 0;
  for (let at = offset; at < bytes.length; at = lineEnd(bytes, at)) lines++;
  return lines;
}
