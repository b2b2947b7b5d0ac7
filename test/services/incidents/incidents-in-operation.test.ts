/** Incidents in a fleet that something else happens to: what its timeline makes of them, and its lines. In virtual time. */

import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { badLinesIn } from '../../../services/simulation/bad-line-count.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import { changesOf, ratioInEffect } from '../../../shared/ratios-in-effect.ts';
import { isBad } from '../../../shared/record.ts';
import { entryAt, type World } from '../../../shared/world.ts';
import { BEGIN, COURSES, MINUTE, play } from './courses.ts';

const catalog = await loadCatalog();
const names = catalog.services.map(({ name }) => name);
/** The longest journeys, in ms. */
const LONGEST = 60_000;
/** Pages that are looked at in each stretch of time without a change. */
const PAGES = 3;
/** Lines that are compared before and after each change and each begin of a phase. */
const LINES = 1000;

/** The instants at which anything about ratios and services changes, ascending. */
function changesIn({ timeline }: World): readonly number[] {
  const changes = timeline.flatMap((entry, index) => {
    const next = timeline[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const planned = (entry.incidents ?? []).flatMap((incident) => [...changesOf(incident)]);
    return [entry.at, ...planned.filter((at) => at > entry.at && at < next)];
  });
  return [...new Set(changes)].sort((a, b) => a - b);
}

describe.each(COURSES)('$what', (course) => {
  const { recorded, recent } = play(course);
  const { timeline, rate } = recorded;
  const simulation = new Simulation(catalog, recorded);
  const ms = simulation.pagesOf('api')[0]?.ms as number;
  const changes = changesIn(recorded);
  const over = BEGIN + course.over * MINUTE;
  const end = over + 4 * ms + LONGEST + 30 * MINUTE;
  /** A few whole pages of each stretch without a change. */
  const pages = [...changes, end].slice(0, -1).flatMap((from, index) => {
    const to = changes[index + 1] ?? end;
    const first = Math.ceil(from / ms);
    const count = Math.min(PAGES, Math.floor((to - LONGEST) / ms) - first);
    return Array.from({ length: Math.max(0, count) }, (_, place) => first + place);
  });
  const badIn = (name: string, page: number) => {
    return simulation.linesOfPage(name, 0, page).filter(({ level }) => isBad(level)).length;
  };
  const expectExact = (name: string, page: number, ratio: number) => {
    const lines = simulation.pagesOf(name)[0]?.lines as number;
    expect([name, page, ratio, badIn(name, page)]).toEqual([name, page, ratio, badLinesIn(page, lines, ratio)]);
  };

  test('on each whole page without a change the share of bad lines is exactly that in effect', () => {
    for (const page of pages) {
      for (const name of names) {
        expectExact(name, page, ratioInEffect(entryAt(timeline, page * ms), name, page * ms));
      }
    }
  });

  test('at the end every ratio is what was set', () => {
    const after = pages.filter((page) => page * ms >= over);
    expect(after.length).toBeGreaterThan(0);
    const { ratios } = timeline.at(-1) as World['timeline'][0];
    for (const page of after) for (const name of names) expectExact(name, page, ratios[name] as number);
  });

  for (const [name, ratio, from, to] of course.known ?? []) {
    test(`${name} has ${ratio} bad lines in ten from minute ${from} to ${to}`, () => {
      const then = pages.filter((page) => page * ms >= BEGIN + from * MINUTE && (page + 1) * ms < BEGIN + to * MINUTE);
      expect(then.length).toBeGreaterThan(0);
      for (const page of then) expectExact(name, page, ratio);
    });
  }

  test('a process that knows only what was decided until then, or is started then, writes the same lines', () => {
    const known = recent.map((world) => new Simulation(catalog, world));
    const half = (1000 * LINES) / rate;
    const text = (of: Simulation, from: number, to: number) => Buffer.from(of.textBetween(from, to).bytes).toString();
    const phases = timeline.flatMap(({ incidents = [] }) => incidents.flatMap((incident) => incident.phases));
    const instants = [...timeline.map(({ at }) => at), ...phases.flatMap(({ from, to }) => [from, to])];
    for (const at of new Set(instants)) {
      for (const [from, to] of [
        [at - half, at],
        [at, at + half],
      ] as const) {
        const version = timeline.findLastIndex((entry) => entry.at <= from);
        const next = Math.floor(Math.min(to, timeline[version + 1]?.at ?? to));
        const live = known[Math.max(0, version)] as Simulation;
        expect(text(live, Math.floor(from), next)).toBe(text(simulation, Math.floor(from), next));
      }
    }
  });
});
