/** A process writes its lines before it is told of an incident: they must be those that it would write had it known. */

import { expect, test } from 'vitest';
import { incidentTypes } from '../../../services/incidents/index.ts';
import { resolveIncident } from '../../../services/incidents/resolve-incident.ts';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import type { TimelineEntry, World } from '../../../shared/world.ts';
import { withIncident } from '../../../supervisor/world/incident-changes.ts';

const catalog = await loadCatalog();
const ratios = Object.fromEntries(catalog.services.map(({ name }) => [name, 2]));
const BEGIN = Date.UTC(2026, 10, 6, 12);
/** Some of the journeys that began so long before are still going on. */
const BEFORE_MS = 40_000;

const textOf = (world: World, from: number, to: number) =>
  Buffer.from(new Simulation(catalog, world).textBetween(from, to).bytes).toString();

// At once, so that services are slow from one ms to the next, in the middle of a page.
test.each(incidentTypes)('$name, started at once', (type) => {
  for (const seed of [1, 2, 3, 4]) {
    const at = BEGIN + seed * 7_777;
    const before: TimelineEntry = { at: BEGIN - 3_600_000, ratios, down: [] };
    const options = { id: 'x', at, earliest: at, startedBy: 'operator', atOnce: true } as const;
    const after = { ...before, ...withIncident(before, resolveIncident(type, catalog, seed, options)), at };
    const world: World = { seed, rate: 20, traffic: 'bursty', timeline: [before] };
    const written = textOf(world, at - BEFORE_MS, at);
    expect(written.length).toBeGreaterThan(0);
    expect(textOf({ ...world, timeline: [before, after] }, at - BEFORE_MS, at)).toBe(written);
  }
});
