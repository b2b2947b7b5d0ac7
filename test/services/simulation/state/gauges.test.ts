import { expect, test } from 'vitest';
import { compileState } from '../../../../services/simulation/state/compile-state.ts';
import { ServiceState } from '../../../../services/simulation/state/service-state.ts';
import { TrafficLevel } from '../../../../services/simulation/state/traffic-level.ts';
import { warpFor } from '../../../../services/simulation/traffic/world-warp.ts';
import { NOON } from '../../worlds.ts';
import { smallService } from '../small-service.ts';

const MINUTE = 60_000;
const COMPILED = compileState(
  smallService({
    gauges: {
      used: { usual: [0, 99], during: { exhausted: [120, 120] }, load: true },
      waiting: { usual: [0, 0], during: { exhausted: [2, 19] }, load: true, waitsFor: 'used' },
      entries: { usual: [0, 99] },
    },
    faults: { exhausted: {}, other: {} },
  }),
);
const [USED, WAITING, ENTRIES] = [0, 1, 2] as const;
const [EXHAUSTED] = [0];
const bursty = warpFor('bursty', 1);
const stateOf = (traffic: TrafficLevel, isCalm = false): ServiceState =>
  new ServiceState('small', COMPILED, 1, { faults: [], deploys: [], isCalm }, traffic);

/** Pearson's. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (all: readonly number[]) => all.reduce((sum, x) => sum + x, 0) / all.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    mean(x.map((value, index) => (value - mx) * ((y[index] as number) - my)));
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}

test('the level of traffic is one half when it is average, and rises and falls with it', () => {
  const steady = new TrafficLevel({ toEven: (time) => time });
  const double = new TrafficLevel({ toEven: (time) => 2 * time });
  const level = new TrafficLevel(bursty);
  expect(steady.at(NOON + 1_234)).toBe(0.5);
  expect(double.at(NOON + 1_234)).toBe(0.8);
  const minutes = Array.from({ length: 500 }, (_, index) => NOON + index * MINUTE);
  const density = minutes.map((at) => bursty.toEven(at) - bursty.toEven(at - MINUTE));
  expect(
    correlation(
      minutes.map((at) => level.at(at)),
      density,
    ),
  ).toBeGreaterThan(0.9);
  for (const at of minutes) expect(level.at(at)).toBe(new TrafficLevel(bursty).at(at));
});

test('a gauge with load follows the traffic, and no two of its readings in a row are bound to be the same', () => {
  const calm = stateOf(new TrafficLevel(bursty), true);
  const instants = Array.from({ length: 2_000 }, (_, index) => NOON + (index * MINUTE) / 2);
  const density = instants.map((at) => bursty.toEven(at) - bursty.toEven(at - MINUTE));
  const readings = instants.map((at) => calm.gauge(USED, at));
  expect(correlation(readings, density)).toBeGreaterThan(0.4);
  expect(
    correlation(
      instants.map((at) => calm.gauge(ENTRIES, at)),
      density,
    ),
  ).toBeLessThan(0.2);
  const same = readings.filter((reading, index) => reading === readings[index - 1]).length;
  expect(same / readings.length).toBeLessThan(0.1);
});

test('nobody waits before the limit is reached; from then on their number moves', () => {
  const state = stateOf(new TrafficLevel(bursty));
  const waiting: number[][] = [];
  for (let at = NOON; at < NOON + 3_000 * MINUTE; at += MINUTE / 2) {
    const isFull = state.gauge(USED, at) >= 120;
    if (!isFull) expect(state.gauge(WAITING, at)).toBe(0);
    if (!isFull || state.spellAt(at).fault !== EXHAUSTED) continue;
    if (state.gauge(USED, at - MINUTE / 2) < 120) waiting.push([]);
    waiting.at(-1)?.push(state.gauge(WAITING, at));
  }
  const readings = waiting.flat();
  expect(waiting.length).toBeGreaterThan(30);
  expect(Math.min(...readings)).toBeGreaterThanOrEqual(2);
  const pairs = waiting.flatMap((own) => own.slice(1).map((reading, index) => reading === own[index]));
  expect(pairs.filter((isSame) => isSame).length / pairs.length).toBeLessThan(0.35);
});
