import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { serviceNames } from '../../../services/index.ts';
import { LiveService } from '../../../services/process/live-service.ts';
import type { RenderedLine } from '../../../services/simulation/line-renderer.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import type { FromService } from '../../../shared/ipc.ts';
import { isBad, type LogRecord } from '../../../shared/record.ts';
import { NOON, steadyWorld, withEntry } from '../worlds.ts';
import { catalog, dueLines, leave, liveApi, world } from './live-api.ts';

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
    world = withEntry(world, at, { ratios: { ...ratios, api: 10 - (ratios.api as number) } });
    const changed = world;
    return () => service.applyWorld(changed.timeline.length, changed);
  };
  const read = () => {
    for (const message of pipe?.splice(0) ?? []) message();
  };
  const standStill = (from: number) => {
    pipe = isHeld ? [change(from + 1)] : [];
    pipe.push(() => service.prepare(world.timeline.length), change(from + 2 + HOLD_WITHIN));
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
  const current = service.onResynced.bind(service);
  service.onResynced = () => {
    read();
    current();
  };

  service.applyWorld(1, world, NOON);
  vi.advanceTimersByTime(200);
  if (!pipe) {
    isHeld = true;
    service.prepare(2);
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
      const unexpected = written.filter((line) => !isDue.has(JSON.stringify(line)));
      if (unexpected.length > 0) wrong.push(`at reading ${places + 1}: ${unexpected.length} lines`);
      expect(linesAfter).toBeGreaterThan(50);
    }
    expect(wrong).toEqual([]);
    expect(places).toBeGreaterThan(40);
  });

  test('reads its messages before it writes when it was kept from both', () => {
    const { service, written } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    const before = written.length;
    // The process stands still; meanwhile the world changes, and the message waits.
    vi.setSystemTime(NOON + 5_700);
    vi.advanceTimersToNextTimer();
    expect(written.length).toBe(before);
    const between = withEntry(world, NOON + 5_100, { ratios: { ...world.timeline[0].ratios, api: 10 } });
    const changed = withEntry(between, NOON + 5_400, { ratios: { ...world.timeline[0].ratios, api: 0 } });
    service.prepare(2);
    service.applyWorld(2, between);
    service.prepare(3);
    service.applyWorld(3, changed);
    vi.advanceTimersByTime(5_000);
    leave(service);
    expect(written).toEqual(dueLines(NOON, Date.now(), changed));
  });

  test('after a sleep writes the last second of it, no flood, and says what it skipped', () => {
    const { service, written, sent } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    const before = written.length;
    vi.setSystemTime(NOON + 3_600_000);
    vi.advanceTimersByTime(2_000);
    leave(service);
    const after = written.slice(before);
    const skipped = sent.find(({ type }) => type === 'dropped') as Extract<FromService, { type: 'dropped' }>;
    expect(skipped.lines).toBe(dueLines(skipped.from, skipped.to).length);
    expect(written).toEqual([...dueLines(NOON, skipped.from), ...dueLines(skipped.to, Date.now())]);
    expect(after[0]?.time).toBeGreaterThanOrEqual(NOON + 3_598_000);
    expect(after.at(-1)?.time).toBeLessThan(Date.now());
    expect(after).toEqual(dueLines(after[0]?.time as number, Date.now()));
  });

  test('resumed late, it reads of a change that has come meanwhile before it writes', () => {
    const { service, written, sent } = liveApi();
    // To count what was skipped takes a while.
    sent.push = () => Number(vi.setSystemTime(Date.now() + 200));
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(1_000);
    service.pause();
    vi.setSystemTime(NOON + 5_000);
    written.length = 0;
    service.resume();
    service.prepare(2);
    service.applyWorld(2, withEntry(world, NOON + 4_000, { ratios: { ...world.timeline[0].ratios, api: 10 } }));
    vi.advanceTimersByTime(2_000);
    leave(service);
    expect(written.length).toBeGreaterThan(10);
    expect(written.filter(({ level }) => !isBad(level))).toEqual([]);
  });

  test('that stood still waits for the changes that are on their way still, however many are in its pipe', () => {
    const { service, written, sent } = liveApi(0, 200);
    const changed = (at: number, ratio: number, of = world) =>
      withEntry(of, at, { ratios: { ...world.timeline[0].ratios, api: ratio } });
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(1_000);
    vi.setSystemTime(NOON + 2_000);
    written.length = 0;
    const first = changed(NOON + 1_100, 5);
    service.applyWorld(2, first);
    vi.advanceTimersByTime(150);
    expect(written).toEqual([]);
    service.prepare(3);
    service.applyWorld(3, changed(NOON + 1_200, 10, first));
    vi.advanceTimersByTime(2_000);
    leave(service);
    expect(sent.filter(({ type }) => type === 'resync')).toHaveLength(1);
    const late = written.filter(({ time }) => time >= NOON + 1_200);
    expect(late.length).toBeGreaterThan(10);
    expect(late.filter(({ level }) => !isBad(level))).toEqual([]);
  });

  test('an answer that comes too late says nothing of the present: it asks again', () => {
    const { service, written, sent } = liveApi(0, 600);
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(1_000);
    vi.setSystemTime(NOON + 2_000);
    written.length = 0;
    vi.advanceTimersByTime(1_500);
    expect(sent.filter(({ type }) => type === 'resync').length).toBeGreaterThan(1);
    expect(written).toEqual([]);
  });

  test('paused after it stood still in the middle of a write, it reads of a change before it writes', () => {
    const written: LogRecord[] = [];
    let stall = 0;
    const output = {
      lines: 0,
      add: (time: number, { level }: RenderedLine) => void written.push({ level, time } as LogRecord),
      setClockOffset: () => {},
      flush: () => void vi.setSystemTime(Date.now() + stall),
    };
    const service: LiveService = new LiveService('api', catalog, output, ({ type }) => {
      if (type === 'resync') setTimeout(() => service.onResynced(), 1);
    });
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(1_000);
    stall = 5_000;
    vi.advanceTimersToNextTimer();
    stall = 0;
    written.length = 0;
    service.pause();
    service.applyWorld(2, withEntry(world, Date.now() - 1_000, { ratios: { ...world.timeline[0].ratios, api: 10 } }));
    service.resume();
    vi.advanceTimersByTime(2_000);
    leave(service);
    expect(written.length).toBeGreaterThan(10);
    expect(written.filter(({ level }) => !isBad(level))).toEqual([]);
  });
});
