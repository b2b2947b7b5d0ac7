import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { serviceNames } from '../../services/index.ts';
import { Simulation } from '../../services/simulation/simulation.ts';
import { catalog, liveApi } from './live-api.ts';
import { NOON, steadyWorld, withMoment } from './worlds.ts';

/** How long it stands still, in ms; and how long the supervisor waits for it before it dates a change. */
const STANDSTILL = 3_000;
const HOLD_WITHIN = 500;

/**
 * An api service in whose life the world changes twice, the second time while it stands still: from just before it reads
 * the clock for the `nth` time. What is sent to it meanwhile is in its pipe, which it reads as Node does: after the
 * timers that are due and before the immediates that they set.
 */
function lifeWithStandstill(nth: number) {
  const { service, written } = liveApi();
  const clock = Date.now.bind(Date);
  const immediate = globalThis.setImmediate;
  let world = steadyWorld(serviceNames, 0, { rate: 200 });
  let readings = 0;
  let isHeld = false;
  let pipe: (() => void)[] | undefined;
  const change = (at: number) => {
    const { ratios } = world.timeline.at(-1) as { ratios: Readonly<Record<string, number>> };
    world = withMoment(world, at, { ratios: { ...ratios, api: 10 - (ratios.api as number) } });
    const changed = world;
    return () => service.enter(changed.timeline.length, changed);
  };
  const read = () => {
    for (const message of pipe?.splice(0) ?? []) message();
  };
  const standStill = (from: number) => {
    pipe = isHeld ? [change(from + 1)] : [];
    pipe.push(() => service.hold(world.timeline.length), change(from + 2 + HOLD_WITHIN));
    vi.setSystemTime(from + STANDSTILL);
    setTimeout(read, 5);
  };
  vi.spyOn(Date, 'now').mockImplementation(() => {
    if (++readings === nth) standStill(clock());
    return clock();
  });
  vi.spyOn(globalThis, 'setImmediate').mockImplementation(((act: () => void) => {
    const comesAfterReading = pipe !== undefined;
    return immediate(() => {
      if (comesAfterReading) read();
      act();
    });
  }) as typeof setImmediate);
  const current = service.current.bind(service);
  service.current = () => {
    read();
    current();
  };

  service.enter(1, world, NOON);
  vi.advanceTimersByTime(200);
  if (!pipe) {
    isHeld = true;
    service.hold(2);
    vi.advanceTimersByTime(30);
  }
  if (!pipe) {
    isHeld = false;
    change(clock())();
    vi.advanceTimersByTime(200);
  }
  const hasStoodStill = pipe !== undefined;
  const before = written.length;
  vi.advanceTimersByTime(1_500);
  vi.restoreAllMocks();
  return { written, world, hasStoodStill, linesAfter: written.length - before };
}

describe('a live service that stands still', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOON });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('writes nothing under a world that had changed by then, wherever it stood still', () => {
    const wrong: string[] = [];
    let places = 0;
    for (; ; places++) {
      vi.clearAllTimers();
      vi.setSystemTime(NOON);
      const { written, world, hasStoodStill, linesAfter } = lifeWithStandstill(places + 1);
      if (!hasStoodStill) break;
      const due = new Simulation(catalog, world).linesBetween('api', NOON, Date.now());
      const isDue = new Set(due.map((line) => JSON.stringify(line)));
      const invented = written.filter((line) => !isDue.has(JSON.stringify(line)));
      if (invented.length > 0) wrong.push(`at reading ${places + 1}: ${invented.length} lines`);
      expect(linesAfter).toBeGreaterThan(50);
    }
    expect(wrong).toEqual([]);
    expect(places).toBeGreaterThan(40);
  });
});
