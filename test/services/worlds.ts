import fc from 'fast-check';
import { serviceNames } from '../../services/index.ts';
import { type TimelineEntry, TRAFFIC, type Traffic, type World } from '../../shared/world.ts';

/** Any instant: no test depends on which. */
export const NOON = Date.UTC(2026, 10, 22, 12);

/** A world whose one timeline entry is in effect for all time. */
export function steadyWorld(
  names: readonly string[],
  ratio: number | Readonly<Record<string, number>>,
  { seed = 1, rate = 10, down = [] as readonly string[], traffic = 'steady' as Traffic } = {},
): World {
  const given = typeof ratio === 'number' ? {} : ratio;
  const rest = typeof ratio === 'number' ? ratio : 2;
  const ratios = Object.fromEntries(names.map((name) => [name, given[name] ?? rest]));
  return { seed, rate, traffic, timeline: [{ at: 0, ratios, down }] };
}

/** The world with one more timeline entry, which differs from the last one by `change`. */
export function withEntry(world: World, at: number, change: Partial<Omit<TimelineEntry, 'at'>>): World {
  const last = world.timeline.at(-1) as TimelineEntry;
  return { ...world, timeline: [...world.timeline, { ...last, ...change, at }] };
}

/** Arbitrary worlds, of every kind of traffic, with a few changes during the two minutes after noon. */
export const worlds = fc
  .record({
    seed: fc.nat({ max: 4_294_967_295 }),
    rate: fc.constantFrom(0.5, 3, 10, 37, 250),
    traffic: fc.constantFrom(...TRAFFIC),
    changes: fc.array(
      fc.record({
        after: fc.integer({ min: 1, max: 120_000 }),
        ratios: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }),
        down: fc.subarray([...serviceNames]),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ seed, rate, traffic, changes }) =>
    changes
      .sort((a, b) => a.after - b.after)
      .reduce(
        (world, { after, ratios, down }, i) =>
          withEntry(world, NOON + after + i, {
            ratios: Object.fromEntries(serviceNames.map((name, at) => [name, (ratios[at] as number) / 10])),
            down,
          }),
        steadyWorld(serviceNames, 2, { seed, rate, traffic }),
      ),
  );
