import type { ServiceDefinition } from '../../services/definition/definition.ts';
import type { RenderPlan } from '../../services/rendering/render-plan.ts';
import { lastSlice } from '../../services/rendering/slices.ts';
import type { Simulation } from '../../services/simulation/simulation.ts';
import { LIMITS } from '../../shared/defaults.ts';
import { UserError } from '../../shared/errors.ts';
import type { BackfillSettings } from './settings.ts';
import { shareOf } from './shard.ts';

/** What a plan asks of the simulation of its world. */
export type Counter = Pick<Simulation, 'countDueBetween' | 'timeOfLine'>;

/**
 * The plan of one shard.
 * @param counter called only when the end is given in lines
 * @throws {UserError} `bad-option` when the lines asked for reach beyond the last year
 */
export async function planOf(
  { world, range: asked, shard, gzip }: Pick<BackfillSettings, 'world' | 'range' | 'shard' | 'gzip'>,
  definitions: readonly ServiceDefinition[],
  counter: () => Promise<Counter>,
): Promise<RenderPlan> {
  if ('to' in asked) {
    return Object.freeze({
      world,
      definitions,
      range: shareOf(asked, shard),
      lines: undefined,
      lastLimit: undefined,
      gzip,
    });
  }
  const { from, lines } = asked;
  if (from + (lines / world.rate) * 1_000 >= LIMITS.time.max) {
    const advice = 'so many lines reach beyond the year 2199; use fewer, or a higher --rate';
    throw new UserError('bad-option', `--lines: ${JSON.stringify(String(lines))} is invalid; ${advice}`);
  }
  const simulation = await counter();
  const range = shareOf({ from, to: simulation.timeOfLine(from, lines) + 1 }, shard);
  // Only where the lines end may there be more in the last millisecond than were asked for.
  if (shard.index < shard.count) {
    return Object.freeze({ world, definitions, range, lines: undefined, lastLimit: undefined, gzip });
  }
  const own = lines - simulation.countDueBetween(from, range.from);
  const lastLimit = own - simulation.countDueBetween(range.from, lastSlice(range, world.rate).from);
  return Object.freeze({ world, definitions, range, lines: own, lastLimit, gzip });
}
