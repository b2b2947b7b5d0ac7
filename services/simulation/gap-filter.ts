import type { Gap } from '../../shared/world.ts';

/**
 * Tells whether a line of a recorded world was not written. It is to be asked about every line of an interval, in order:
 * at the start of a gap it counts the lines that were still written.
 * @returns undefined when there are no gaps
 */
export function gapFilter(gaps: readonly Gap[]): ((service: string, time: number) => boolean) | undefined {
  if (gaps.length === 0) return undefined;
  const linesAtStart = new Map<Gap, number>();
  return (name, time) => {
    const gap = gaps.find(({ service, from, to }) => service === name && time >= from && time < to);
    if (!gap) return false;
    if (time > gap.from) return true;
    const before = linesAtStart.get(gap) ?? 0;
    linesAtStart.set(gap, before + 1);
    return before >= gap.writtenAtStart;
  };
}
