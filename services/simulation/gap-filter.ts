import type { Gap } from '../../shared/world.ts';

/**
 * A function that returns true for the lines of a recorded world that were not written. Call it for every line of an
 * interval, in order: it counts the lines at the start of a gap, some of which were still written.
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
