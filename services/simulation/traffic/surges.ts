import type { Surge } from '../../../shared/world.ts';
import type { Warp } from './warp.ts';

/** A stretch of even time in which the traffic is `factor` times what it would be, up to the next one. */
interface Stretch {
  /** Where it begins without surges, and with them. */
  readonly plain: number;
  readonly even: number;
  readonly factor: number;
}

/** The warp of traffic that has surges. Before the first one it is what it would be without. */
export function withSurges(warp: Warp, surges: readonly Surge[]): Warp {
  const stretches = stretchesOf(warp, surges);
  const last = (isBefore: (stretch: Stretch) => boolean): Stretch => stretches.findLast(isBefore) ?? BEFORE_ALL;
  return {
    toTime(even) {
      const stretch = last((candidate) => candidate.even <= even);
      return warp.toTime(stretch.plain + (even - stretch.even) / stretch.factor);
    },
    toEven(time) {
      const plain = warp.toEven(time);
      const stretch = last((candidate) => candidate.plain <= plain);
      return stretch.even + (plain - stretch.plain) * stretch.factor;
    },
    maxDensity: warp.maxDensity * Math.max(1, ...stretches.map(({ factor }) => factor)),
  };
}

const BEFORE_ALL: Stretch = { plain: 0, even: 0, factor: 1 };

function stretchesOf(warp: Warp, surges: readonly Surge[]): readonly Stretch[] {
  const edges = [...new Set(surges.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  let previous = BEFORE_ALL;
  return edges.map((at) => {
    const plain = warp.toEven(at);
    const on = surges.filter(({ from, to }) => from <= at && at < to);
    previous = {
      plain,
      even: previous.even + (plain - previous.plain) * previous.factor,
      factor: on.reduce((product, { factor }) => product * factor, 1),
    };
    return previous;
  });
}
