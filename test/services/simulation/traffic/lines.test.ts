import { expect, test } from 'vitest';
import { serviceNames } from '../../../../services/index.ts';
import { Simulation } from '../../../../services/simulation/simulation.ts';
import { TRAFFIC, type Traffic } from '../../../../shared/world.ts';
import { coefficientOfVariation, lag1Autocorrelation } from '../../../tools/statistics.ts';
import { NOON, steadyWorld } from '../../worlds.ts';
import { builtIn as catalog } from '../traffic-pages.ts';
import { HOUR, MONDAY, WEEK } from './instants.ts';

/** Somewhat more than a page has. */
const PAGE_LINES = 700;

test.each([3, 10, 100])('bursty lines are %d a second in every hour, to a page or two', (rate) => {
  for (const seed of [1, 2, 3]) {
    const simulation = new Simulation(catalog, steadyWorld(serviceNames, 2, { seed, rate, traffic: 'bursty' }));
    for (let from = NOON; from < NOON + 24 * HOUR; from += HOUR)
      expect(Math.abs(simulation.countDueBetween(from, from + HOUR) - 3_600 * rate)).toBeLessThan(2 * PAGE_LINES);
  }
});

test.each([1, 10, 100])('daily lines are %d a second in every week, to a page or two', (rate) => {
  const simulation = new Simulation(catalog, steadyWorld(serviceNames, 2, { rate, traffic: 'daily' }));
  for (let from = MONDAY; from < MONDAY + 4 * WEEK; from += WEEK)
    expect(Math.abs(simulation.countDueBetween(from, from + WEEK) - 604_800 * rate)).toBeLessThan(2 * PAGE_LINES);
  const day = Array.from({ length: 24 }, (_, hour) =>
    simulation.countDueBetween(MONDAY + hour * HOUR, MONDAY + (hour + 1) * HOUR),
  );
  // What comes by the clock is the same day and night.
  expect(Math.max(...day) / Math.min(...day)).toBeGreaterThan(3);
});

test('bursty lines come in bursts of minutes, steady ones do not', () => {
  const minutesOf = (traffic: Traffic): number[] => {
    const simulation = new Simulation(catalog, steadyWorld(serviceNames, 2, { rate: 100, traffic }));
    return Array.from({ length: 240 }, (_, minute) =>
      simulation.countDueBetween(NOON + minute * 60_000, NOON + (minute + 1) * 60_000),
    );
  };
  const [bursty, steady] = [minutesOf('bursty'), minutesOf('steady')];
  expect(coefficientOfVariation(bursty)).toBeGreaterThan(0.3);
  expect(lag1Autocorrelation(bursty)).toBeGreaterThan(0.4);
  expect(Math.min(...bursty)).toBeGreaterThan(6_000 / 3);
  expect(Math.max(...bursty)).toBeLessThan(4 * 6_000);
  expect(coefficientOfVariation(steady)).toBeLessThan(0.1);
});

test('lines of a long interval are estimated for each service, to a page or so in all', () => {
  for (const traffic of TRAFFIC) {
    const simulation = new Simulation(catalog, steadyWorld(serviceNames, 2, { rate: 20, traffic }));
    for (const [from, to] of [
      [NOON, NOON + 36 * HOUR],
      [NOON + 11 * HOUR + 54_321, NOON + 240 * HOUR],
    ] as const) {
      const counts = serviceNames.map((service) => simulation.countBetween(service, from, to));
      const due = simulation.countDueBetween(from, to);
      expect(Math.abs(counts.reduce((sum, count) => sum + count, 0) - due)).toBeLessThan(1_000);
    }
  }
});
