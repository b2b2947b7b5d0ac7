/** What is new in the log during an incident can be read: few shapes of messages make up most of it. */

import { describe, expect, test } from 'vitest';
import { incidentTypes } from '../../../services/incidents/index.ts';
import { resolveIncident } from '../../../services/incidents/resolve-incident.ts';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import { CALM_RATIO } from '../../../shared/defaults.ts';
import type { Incident } from '../../../shared/incident.ts';
import { isBad, type LogRecord } from '../../../shared/record.ts';

const catalog = await loadCatalog();
const ratios = Object.fromEntries(catalog.services.map(({ name }) => [name, CALM_RATIO]));
const MINUTE = 60_000;
const BEGIN = Date.UTC(2026, 10, 6, 12);
/** Shapes that a reader looks at, and what share of the new lines they are to explain. */
const SHAPES = 3;
const EXPLAINED = 0.5;

/** A message as a log viewer groups it: without values, numbers and names, and without the work that was hindered. */
function shapeOf({ service, msg }: LogRecord): string {
  const [, text] = /^msg=("[^"]*"|\S+)/.exec(msg) ?? [];
  if (text) return `${service} ${text}`;
  const masked = msg
    .replace(/ (request_id|user)=\S+/g, '')
    .replace(/\b(?!reason|code)([a-z_]+)=("[^"]*"|\S+)/g, '$1=*')
    .replace(/"[^"]*"/g, '*')
    .replace(/[\w.+-]+@[\w.-]+/g, '*')
    .replace(/\b[\w.-]*\d[\w.:-]*\b/g, '*')
    .replace(/\w+ of \*/g, '* of *');
  return `${service} ${masked}`;
}

/** How many bad lines of each shape there are. */
function countShapes(incidents: readonly Incident[], { from, to }: Incident['phases'][number]): Map<string, number> {
  const simulation = new Simulation(catalog, {
    seed: 1,
    rate: 10,
    timeline: [{ at: BEGIN, ratios, down: [], incidents }],
  });
  const counts = new Map<string, number>();
  for (const line of simulation.allLinesBetween(from, to)) {
    if (!isBad(line.level)) continue;
    const shape = shapeOf(line);
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  return counts;
}

const withCause = incidentTypes.filter(({ root }) => root);

describe.each(withCause.map((type) => ({ type, name: type.name })))('$name', ({ type }) => {
  test('three shapes of bad lines explain most of what the plateau adds', () => {
    const options = { id: 'x', at: BEGIN, faultMs: 25 * MINUTE, hasRedHerrings: false, startedBy: 'operator' } as const;
    const incident = resolveIncident(type, catalog, 1, options);
    const plateau = incident.phases.find(({ name }) => name === 'plateau') as Incident['phases'][number];
    const calm = countShapes([], plateau);
    const added = [...countShapes([incident], plateau)]
      .map(([shape, count]) => ({ shape, count: count - (calm.get(shape) ?? 0) }))
      .filter(({ count }) => count > 0)
      .sort((one, other) => other.count - one.count);
    const sum = (some: typeof added) => some.reduce((total, { count }) => total + count, 0);
    expect(sum(added)).toBeGreaterThan(100);
    const first = added.slice(0, SHAPES);
    expect(sum(first) / sum(added), JSON.stringify(first)).toBeGreaterThan(EXPLAINED);
  });
});
