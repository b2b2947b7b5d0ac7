import type { World } from '../../shared/world.ts';
import { clockCasts, linesPerSecond, trafficCast } from './casts.ts';
import type { Catalog } from './catalog.ts';
import { LineSource } from './line-source.ts';
import { pageTemplateOf } from './page-template.ts';
import { FleetState } from './state/fleet-state.ts';
import { TrafficLevel } from './state/traffic-level.ts';
import type { TimelineIndex } from './timeline-index.ts';
import { warpFor, warpOf } from './traffic/world-warp.ts';

/** What the lines of a world come from: its traffic, then what comes by the clock. */
export function lineSources(
  catalog: Catalog,
  world: World,
  timeline: TimelineIndex,
): readonly [LineSource, ...LineSource[]] {
  const { seed, rate } = world;
  const warp = warpOf(world);
  const fleet = new FleetState(catalog, seed, new TrafficLevel(warp));
  const common = { seed, timeline, fleet, limits: catalog.limits.drawFor(seed) };
  const { casts, slowdown } = clockCasts(catalog, seed, rate);
  const template = pageTemplateOf(catalog, trafficCast(catalog));
  const trafficRate = rate - casts.reduce((sum, cast) => sum + linesPerSecond(cast), 0);
  const traffic = new LineSource(catalog, 1, {
    ...common,
    name: 'journeys',
    template,
    lengthMs: (template.slots.length * 1000) / trafficRate,
    warp,
  });
  const byTheClock = casts.map(({ lengthMs, members }) => {
    const options = { name: `jobs of ${lengthMs} ms`, template: pageTemplateOf(catalog, members), lengthMs };
    return new LineSource(catalog, slowdown, { ...common, ...options, warp: warpFor('steady', seed) });
  });
  return [traffic, ...byTheClock];
}
