import type { Moment, World } from '../../shared/world.ts';

/** An instant in the past on which no test depends: worlds are about intervals, not about today. */
export const NOON = Date.UTC(2026, 10, 22, 12);

/** A world in which the same has held for all time. */
export function steadyWorld(
  names: readonly string[],
  ratio: number | Readonly<Record<string, number>>,
  { seed = 1, rate = 10, down = [] as readonly string[] } = {},
): World {
  const given = typeof ratio === 'number' ? {} : ratio;
  const rest = typeof ratio === 'number' ? ratio : 2;
  const ratios = Object.fromEntries(names.map((name) => [name, given[name] ?? rest]));
  return { seed, rate, timeline: [{ at: 0, ratios, down }] };
}

/** The world with a further moment. */
export function withMoment(world: World, at: number, change: Partial<Omit<Moment, 'at'>>): World {
  const last = world.timeline.at(-1) as Moment;
  return { ...world, timeline: [...world.timeline, { ...last, ...change, at }] };
}
