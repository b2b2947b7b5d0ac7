import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LiveService } from '../../../services/process/live-service.ts';
import type { FromService } from '../../../shared/ipc.ts';
import { isBad } from '../../../shared/record.ts';
import { NOON, withEntry } from '../worlds.ts';
import { dueLines, liveApi, stop, world } from './live-api.ts';

describe('a live service', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOON });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('writes every line once, soon after its time and never before', () => {
    const { service, written, lateness } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(60_000);
    stop(service);
    expect(service.writtenUntil).toBeGreaterThanOrEqual(NOON + 60_000);
    expect(written).toEqual(dueLines(NOON, service.writtenUntil as number));
    expect(Math.min(...lateness)).toBeGreaterThan(0);
    expect(Math.max(...lateness)).toBeLessThanOrEqual(25);
  });

  test('catches up on the time before it was ready, however long that was', () => {
    const { service, written } = liveApi();
    vi.setSystemTime(NOON + 7_000);
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(3_000);
    stop(service);
    expect(service.writtenUntil).toBeGreaterThanOrEqual(NOON + 10_000);
    expect(written).toEqual(dueLines(NOON, service.writtenUntil as number));
  });

  test('that cannot write as much as is due drops lines, is never much later than a second, and still answers', () => {
    // Some 14 lines a second are due, and 10 can be written.
    const { service, written, sent, lateness } = liveApi(100);
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(30_000);
    service.prepare(2);
    expect(Math.max(...lateness)).toBeLessThan(2_500);
    const dropped = sent.filter((message) => message.type === 'dropped');
    expect(dropped.length).toBeGreaterThan(1);
    const gaps = dropped.map(({ from, to }) => ({ service: 'api', from, to, writtenAtStart: 0 }));
    const until = sent.at(-1)?.type === 'prepared' ? (sent.at(-1) as { until: number }).until : 0;
    expect(written).toEqual(dueLines(NOON, until, { ...world, gaps }));
    const droppedLines = dropped.reduce((sum, { lines }) => sum + lines, 0);
    expect(written.length + droppedLines).toBe(dueLines(NOON, until).length);
  });

  test('knows up to when it has written', () => {
    const { service, written } = liveApi();
    expect(service.writtenUntil).toBeUndefined();
    service.applyWorld(1, world, NOON);
    expect(service.writtenUntil).toBe(NOON);
    for (let ms = 7; ms < 5_000; ms += 307) {
      vi.advanceTimersByTime(307);
      const until = service.writtenUntil as number;
      expect(written).toEqual(dueLines(NOON, until));
      expect(until).toBeGreaterThanOrEqual(Date.now() - 1_000);
    }
  });

  test('writes nothing until it gets a world with an instant to start at', () => {
    const { service, written } = liveApi();
    service.applyWorld(1, world);
    vi.advanceTimersByTime(5_000);
    expect(written).toEqual([]);
    service.applyWorld(2, world, Date.now());
    vi.advanceTimersByTime(5_000);
    stop(service);
    expect(service.writtenUntil).toBeGreaterThanOrEqual(NOON + 10_000);
    expect(written).toEqual(dueLines(NOON + 5_000, service.writtenUntil as number));
  });

  test('stops writing for a prepared change and goes on in the new world, line by line', () => {
    const { service, written, sent } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(10_000);
    service.prepare(2);
    const { until } = sent.at(-1) as Extract<FromService, { type: 'prepared' }>;
    expect(until).toBeLessThanOrEqual(NOON + 10_000);
    vi.advanceTimersByTime(400);
    const lines = written.length;
    expect(written).toEqual(dueLines(NOON, until));

    const changed = withEntry(world, NOON + 10_001, { ratios: { ...world.timeline[0].ratios, api: 10 } });
    service.applyWorld(2, changed);
    vi.advanceTimersByTime(2);
    expect(sent.at(-1)).toMatchObject({ type: 'applied', version: 2 });
    vi.advanceTimersByTime(10_000);
    stop(service);
    expect(written).toEqual(dueLines(NOON, Date.now(), changed));
    expect(written.slice(lines).filter(({ time, level }) => time > NOON + 10_001 && !isBad(level))).toEqual([]);
  });

  test('prepared for the next change, it confirms the one before only once every line from before that is written', () => {
    const { service, written, sent } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    service.prepare(2);
    const changed = withEntry(world, NOON + 5_500, { down: ['api'] });
    service.applyWorld(2, changed);
    service.prepare(3);
    vi.advanceTimersByTime(600);
    expect(sent.at(-1)).toEqual({ type: 'applied', version: 2, lines: dueLines(NOON, NOON + 5_500).length });
    expect(written).toEqual(dueLines(NOON, NOON + 5_500));
    stop(service);
    expect(written).toEqual(dueLines(NOON, NOON + 5_600, changed));
  });

  test('waits for a prepared change as long as it takes, then goes on in the new world', () => {
    const { service, written, sent } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    service.prepare(2);
    const { until } = sent.at(-1) as Extract<FromService, { type: 'prepared' }>;
    vi.advanceTimersByTime(10_000);
    expect(written).toEqual(dueLines(NOON, until));
    service.applyWorld(2, world);
    vi.advanceTimersByTime(5_000);
    stop(service);
    expect(written).toEqual(dueLines(NOON, Date.now()));
  });

  test('confirms a change when its instant has passed and every line from before it is written', () => {
    const { service, written, sent } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    service.applyWorld(2, withEntry(world, NOON + 5_300, { down: ['auth'] }));
    vi.advanceTimersByTime(299);
    expect(sent.at(-1)).toMatchObject({ version: 1 });
    vi.advanceTimersByTime(5);
    expect(sent.at(-1)).toEqual({ type: 'applied', version: 2, lines: written.length });
    expect(written.length).toBeGreaterThanOrEqual(dueLines(NOON, NOON + 5_300).length);
  });

  test('paused, it writes nothing, still confirms changes, and reports dropped lines before it confirms', () => {
    const { service, written, sent } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    service.pause();
    const lines = written.length;
    vi.advanceTimersByTime(3_000);
    service.prepare(2);
    expect(sent.at(-1)).toMatchObject({ type: 'prepared', version: 2 });
    const changed = withEntry(world, NOON + 8_001, { ratios: { ...world.timeline[0].ratios, api: 10 } });
    service.applyWorld(2, changed);
    vi.advanceTimersByTime(2_000);
    expect(sent.slice(-2)).toMatchObject([
      { type: 'dropped', to: NOON + 8_001 },
      { type: 'applied', version: 2, lines },
    ]);
    expect(written.length).toBe(lines);
    service.resume();
    vi.advanceTimersByTime(5_000);
    stop(service);
    const dropped = sent.filter((message) => message.type === 'dropped');
    const gaps = dropped.map(({ from, to }) => ({ service: 'api', from, to, writtenAtStart: 0 }));
    expect(gaps.at(-1)?.to).toBe(NOON + 10_000);
    expect(written).toEqual(dueLines(NOON, Date.now(), { ...changed, gaps }));
    const droppedLines = dropped.reduce((sum, { lines }) => sum + lines, 0);
    expect(written.length + droppedLines).toBe(dueLines(NOON, Date.now(), changed).length);
  });

  test('prepared for longer than a minute, it drops all of that and reports it', () => {
    const { service, written, sent } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    service.prepare(2);
    const { until } = sent.at(-1) as Extract<FromService, { type: 'prepared' }>;
    vi.advanceTimersByTime(900_000);
    service.applyWorld(2, world);
    vi.advanceTimersByTime(5_000);
    stop(service);
    const dropped = sent.find((message) => message.type === 'dropped');
    expect(dropped).toMatchObject({ from: until });
    const to = dropped?.type === 'dropped' ? dropped.to : 0;
    expect(to).toBeGreaterThanOrEqual(NOON + 905_000);
    expect(written).toEqual([...dueLines(NOON, until), ...dueLines(to, Date.now())]);
  });

  const wait = () => vi.advanceTimersByTime(3_000);
  test.each([
    { when: 'up to date', isBehind: false, act: wait },
    { when: 'paused', isBehind: true, act: (service: LiveService) => [service.pause(), wait()] },
    { when: 'prepared for a change', isBehind: true, act: (service: LiveService) => [service.prepare(2), wait()] },
    { when: 'after a stall', isBehind: true, act: () => vi.setSystemTime(Date.now() + 3_100) },
  ])('stopped when $when, it reports the lines that it has not written', ({ act, isBehind }) => {
    const { service, written, sent } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    act(service);
    stop(service);
    const dropped = sent.filter((message) => message.type === 'dropped');
    const gaps = dropped.map(({ from, to }) => ({ service: 'api', from, to, writtenAtStart: 0 }));
    const end = Date.now();
    expect(written).toEqual(dueLines(NOON, end, { ...world, gaps }));
    const lines = dropped.reduce((sum, { lines }) => sum + lines, 0);
    expect(written.length + lines).toBe(dueLines(NOON, end).length);
    expect(lines > 0).toBe(isBehind);
  });

  test.each([2_000, 3_600_000, 86_400_000])('does not repeat a line when the clock is set back by %i ms', (ms) => {
    const { service, written, sent, marks } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    vi.setSystemTime(NOON + 5_000 - ms);
    vi.advanceTimersByTime(900);
    service.prepare(2);
    const { until } = sent.at(-1) as Extract<FromService, { type: 'prepared' }>;
    expect(written).toEqual(dueLines(NOON, until));
    // As the supervisor does: the world goes on where it was, and time stamps follow the clock.
    const at = NOON + 5_000;
    const clockOffsetMs = Date.now() - at;
    const changed = withEntry(world, at, { clockOffsetMs });
    service.applyWorld(2, changed);
    vi.advanceTimersByTime(10_000);
    stop(service);
    // That is what its clock says.
    const end = (service.writtenUntil as number) - clockOffsetMs;
    expect(end).toBeGreaterThanOrEqual(at + 10_000);
    expect(written).toEqual(dueLines(NOON, end, changed));
    expect(new Set(written.map(({ request_id, msg, time }) => `${request_id} ${time} ${msg}`)).size).toBe(
      written.length,
    );
    expect(written.at(-1)?.time).toBeLessThanOrEqual(Date.now());
    expect(written.at(-1)?.time).toBeGreaterThan(Date.now() - 2_000);
    const dropped = sent.filter(({ type }) => type === 'dropped');
    expect(dropped).toEqual([]);
    // The mark is exactly between the lines from before and those that follow the clock.
    expect(marks).toEqual([{ ms: Date.now() - (at + 10_002), lines: dueLines(NOON, at).length }]);
  });

  test('does not repeat a line when the clock is set back by less than a second', () => {
    const { service, written } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    vi.setSystemTime(NOON + 4_200);
    vi.advanceTimersByTime(5_000);
    stop(service);
    expect(written).toEqual(dueLines(NOON, NOON + 9_200));
  });
});
