import { setImmediate } from 'node:timers/promises';
import type { LineFilter } from './line-filter.ts';

/** Bytes of lines that are sent of the past at most, unless one line alone has more. */
const MAX_BYTES = 1_048_576;

/**
 * The last lines that are wanted, at most so many, in order. Lets other work come in between: it may have to look at all
 * lines that are kept.
 * @param pieces whole lines, the oldest first
 */
export async function pastLines(
  pieces: readonly Buffer[],
  filter: LineFilter | undefined,
  count: number,
): Promise<readonly string[]> {
  const found: string[] = [];
  if (count === 0) return found;
  let bytes = 0;
  for (let index = pieces.length - 1; index >= 0; index--) {
    const piece = pieces[index] as Buffer;
    const lines = piece.toString('utf8', 0, piece.length - 1).split('\n');
    for (let at = lines.length - 1; at >= 0; at--) {
      const line = lines[at] as string;
      if (filter && !filter(line)) continue;
      bytes += line.length;
      if (found.length >= count || (bytes > MAX_BYTES && found.length > 0)) return found.reverse();
      found.push(line);
    }
    await setImmediate();
  }
  return found.reverse();
}
