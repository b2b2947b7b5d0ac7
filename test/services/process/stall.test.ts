import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { serviceNames } from '../../../services/index.ts';
import { LiveService } from '../../../services/process/live-service.ts';
import type { RenderedLine } from '../../../services/simulation/line-renderer.ts';
import { Simulation } from '../../../services/simulation/simulation.ts';
import type { FromService } from '../../../shared/ipc.ts';
import { isBad, type LogRecord } from '../../../shared/record.ts';
import { NOON, steadyWorld, withEntry } from '../worlds.ts';
import { catalog, dueLines, liveApi, stop, world } from './live-api.ts';

/** Length of the stall, in ms. */
const STALL_MS = 3_000;
/** How long the supervisor waits for `prepared` before it commits a change, in ms. */
const PREPARE_TIMEOUT_MS = 500;

/**
 * Runs an api service whose world changes twice, the second time during a stall that starts just before the service reads
 * the clock for the `nth` time. Messages sent meanwhile are in its pipe, which is read as Node does: after the timers that
 * are due and before the immediates that they set.
 */
function runWithStall(nth: number) {
  const { service, written } = liveApi();
  const clock = Date.now.bind(Date);
  const immediate = globalThis.setImmediate;
  let world = steadyWorld(serviceNames, 0, { rate: 200 });
  let readings = 0;
  let isPrepared = false;
  let pipe: (() => void)[] | undefined;
  const change = (at: number) => {
    const { ratios } = world.timeline.at(-1) as { ratios: Readonly<Record<string, number>> };
    world = withEntry(world, at, { ratios: { ...ratios, api: 10 - (ratios.api as number) } });
    const changed = world;
    return () => service.applyWorld(changed.timeline.length, changed);
  };
  const readPipe = () => {
    for (const message of pipe?.splice(0) ?? []) message();
  };
  const stall = (from: number) => {
    pipe = isPrepared ? [change(from + 1)] : [];
    pipe.push(() => service.prepare(world.timeline.length), change(from + 2 + PREPARE_TIMEOUT_MS));
    vi.setSystemTime(from + STALL_MS);
    setTimeout(readPipe, 5);
  };
  vi.spyOn(Date, 'now').mockImplementation(() => {
    if (++readings === nth) stall(clock());
    return clock();
  });
  vi.spyOn(globalThis, 'setImmediate').mockImplementation(((act: () => void) => {
    const comesAfterReading = pipe !== undefined;
    return immediate(() => {
      if (comesAfterReading) readPipe();
      act();
    });
  }) as typeof setImmediate);
  const onResynced = service.onResynced.bind(service);
  service.onResynced = () => {
    readPipe();
    onResynced();
  };

  service.applyWorld(1, world, NOON);
  vi.advanceTimersByTime(200);
  if (!pipe) {
    isPrepared = true;
    service.prepare(2);
    vi.advanceTimersByTime(30);
  }
  if (!pipe) {
    isPrepared = false;
    change(clock())();
    vi.advanceTimersByTime(200);
  }
  const hasStalled = pipe !== undefined;
  const linesBefore = written.length;
  vi.advanceTimersByTime(1_500);
  vi.restoreAllMocks();
  return { written, world, hasStalled, linesAfter: written.length - linesBefore };
}

describe('a live service that stalls', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOON });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('writes nothing under a world that had changed by then, wherever it stalls', () => {
    const wrong: string[] = [];
    let readings = 0;
    for (; ; readings++) {
      vi.clearAllTimers();
      vi.setSystemTime(NOON);
      const { written, world, hasStalled, linesAfter } = runWithStall(readings + 1);
      if (!hasStalled) break;
      const due = new Simulation(catalog, world).linesBetween('api', NOON, Date.now());
      const expected = new Set(due.map((line) => JSON.stringify(line)));
      const unexpected = written.filter((line) => !expected.has(JSON.stringify(line)));
      if (unexpected.length > 0) wrong.push(`at reading ${readings + 1}: ${unexpected.length} lines`);
      expect(linesAfter).toBeGreaterThan(50);
    }
    expect(wrong).toEqual([]);
    expect(readings).toBeGreaterThan(40);
  });

  test('reads its messages before it writes', () => {
    const { service, written } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    const before = written.length;
    // The process stalls; meanwhile the world changes, and the messages wait.
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
    stop(service);
    expect(written).toEqual(dueLines(NOON, Date.now(), changed));
  });

  test('after a suspend writes only the last second of it, and reports what it dropped', () => {
    const { service, written, sent } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    const linesBefore = written.length;
    vi.setSystemTime(NOON + 3_600_000);
    vi.advanceTimersByTime(2_000);
    stop(service);
    const after = written.slice(linesBefore);
    const dropped = sent.find(({ type }) => type === 'dropped') as Extract<FromService, { type: 'dropped' }>;
    expect(dropped.lines).toBe(dueLines(dropped.from, dropped.to).length);
    expect(written).toEqual([...dueLines(NOON, dropped.from), ...dueLines(dropped.to, Date.now())]);
    expect(after[0]?.time).toBeGreaterThanOrEqual(NOON + 3_598_000);
    expect(after.at(-1)?.time).toBeLessThan(Date.now());
    expect(after).toEqual(dueLines(after[0]?.time as number, Date.now()));
  });

  test('resumed late, it reads about a change made meanwhile before it writes', () => {
    const { service, written, sent } = liveApi();
    // Counting the dropped lines takes a while.
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
    stop(service);
    expect(written.length).toBeGreaterThan(10);
    expect(written.filter(({ level }) => !isBad(level))).toEqual([]);
  });

  test('waits for changes that are still on their way, however many are already in its pipe', () => {
    const { service, written, sent } = liveApi(0, 200);
    const changed = (at: number, ratio: number, base = world) =>
      withEntry(base, at, { ratios: { ...world.timeline[0].ratios, api: ratio } });
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
    stop(service);
    expect(sent.filter(({ type }) => type === 'resync')).toHaveLength(1);
    const late = written.filter(({ time }) => time >= NOON + 1_200);
    expect(late.length).toBeGreaterThan(10);
    expect(late.filter(({ level }) => !isBad(level))).toEqual([]);
  });

  test('asks again when the answer to resync comes too late', () => {
    const { service, written, sent } = liveApi(0, 600);
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(1_000);
    vi.setSystemTime(NOON + 2_000);
    written.length = 0;
    vi.advanceTimersByTime(1_500);
    expect(sent.filter(({ type }) => type === 'resync').length).toBeGreaterThan(1);
    expect(written).toEqual([]);
  });

  test('paused after a stall in the middle of a write, it reads about a change before it writes', () => {
    const written: LogRecord[] = [];
    let stallMs = 0;
    const output = {
      lines: 0,
      add: (time: number, { level }: RenderedLine) => void written.push({ level, time } as LogRecord),
      setClockOffset: () => {},
      flush: () => void vi.setSystemTime(Date.now() + stallMs),
    };
    const service: LiveService = new LiveService('api', catalog, output, ({ type }) => {
      if (type === 'resync') setTimeout(() => service.onResynced(), 1);
    });
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(1_000);
    stallMs = 5_000;
    vi.advanceTimersToNextTimer();
    stallMs = 0;
    written.length = 0;
    service.pause();
    service.applyWorld(2, withEntry(world, Date.now() - 1_000, { ratios: { ...world.timeline[0].ratios, api: 10 } }));
    service.resume();
    vi.advanceTimersByTime(2_000);
    stop(service);
    expect(written.length).toBeGreaterThan(10);
    expect(written.filter(({ level }) => !isBad(level))).toEqual([]);
  });
});
