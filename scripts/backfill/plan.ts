import type { ServiceDefinition } from '../../services/definition/definition.ts';
import type { RenderPlan } from '../../services/rendering/render-plan.ts';
import { lastSlice } from '../../services/rendering/slices.ts';
import type { Simulation } from '../../services/simulation/simulation.ts';
import { LIMITS } from '../../shared/defaults.ts';
import { invalidValue } from '../cli/option-values.ts';
import type { BackfillSettings } from './backfill-settings.ts';
import { shareOf } from './shard.ts';

/** What planning needs of the simulation. */
export type LineCounter = Pick<Simulation, 'countDueBetween' | 'timeOfLine'>;

/**
 * Plans the rendering of one shard.
 * @param loadCounter called only when the end is given as a number of lines
 * @throws {UserError} `bad-option` when so many lines would go past the last year
 */
export async function planBackfill(
  settings: Pick<BackfillSettings, 'world' | 'range' | 'shard' | 'gzip'>,
  definitions: readonly ServiceDefinition[],
  loadCounter: () => Promise<LineCounter>,
): Promise<RenderPlan> {
  const { world, shard, gzip } = settings;
  const plan = { world, definitions, lines: undefined, lastLimit: undefined, gzip };
  if ('to' in settings.range) return Object.freeze({ ...plan, range: shareOf(settings.range, shard) });
  const { from, lines } = settings.range;
  if (from + (lines / world.rate) * 1_000 >= LIMITS.time.max) {
    const advice = 'so many lines go past the year 2199; use fewer, or a higher --rate';
    throw invalidValue('--lines', String(lines), advice);
  }
  const counter = await loadCounter();
  const range = shareOf({ from, to: counter.timeOfLine(from, lines) + 1 }, shard);
  // Only in the last shard may the last millisecond have more lines than requested.
  if (shard.index < shard.count) return Object.freeze({ ...plan, range });
  const own = lines - counter.countDueBetween(from, range.from);
  const lastLimit = own - counter.countDueBetween(range.from, lastSlice(range, world).from);
  return Object.freeze({ ...plan, range, lines: own, lastLimit });
}
