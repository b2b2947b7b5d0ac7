import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LiveService } from '../../../services/process/live-service.ts';
import type { FromService } from '../../../shared/ipc.ts';
import { isBad } from '../../../shared/record.ts';
import { NOON, withEntry } from '../worlds.ts';
import { dueLines, leave, liveApi, world } from './live-api.ts';

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
    leave(service);
    expect(written).toEqual(dueLines(NOON, NOON + 60_000));
    expect(Math.min(...lateness)).toBeGreaterThan(0);
    expect(Math.max(...lateness)).toBeLessThanOrEqual(25);
  });

  test('makes up for the time before it was ready, however long that took', () => {
    const { service, written } = liveApi();
    vi.setSystemTime(NOON + 7_000);
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(3_000);
    leave(service);
    expect(written).toEqual(dueLines(NOON, NOON + 10_000));
  });

  test('that cannot write as much as is due leaves some out, is never much later than a second, and answers', () => {
    // Some 14 lines a second are due and 10 can be written.
    const { service, written, sent, lateness } = liveApi(100);
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(30_000);
    service.prepare(2);
    expect(Math.max(...lateness)).toBeLessThan(2_500);
    const skipped = sent.filter((message) => message.type === 'dropped');
    expect(skipped.length).toBeGreaterThan(1);
    const gaps = skipped.map(({ from, to }) => ({ service: 'api', from, to, writtenAtStart: 0 }));
    const until = sent.at(-1)?.type === 'prepared' ? (sent.at(-1) as { until: number }).until : 0;
    expect(written).toEqual(dueLines(NOON, until, { ...world, gaps }));
    const left = skipped.reduce((sum, { lines }) => sum + lines, 0);
    expect(written.length + left).toBe(dueLines(NOON, until).length);
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

  test('writes nothing until it is told a world with an instant to begin at', () => {
    const { service, written } = liveApi();
    service.applyWorld(1, world);
    vi.advanceTimersByTime(5_000);
    expect(written).toEqual([]);
    service.applyWorld(2, world, Date.now());
    vi.advanceTimersByTime(5_000);
    leave(service);
    expect(written).toEqual(dueLines(NOON + 5_000, NOON + 10_000));
  });

  test('stops short for a change and goes on in the new world, line for line', () => {
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
    leave(service);
    expect(written).toEqual(dueLines(NOON, Date.now(), changed));
    expect(written.slice(lines).filter(({ time, level }) => time > NOON + 10_001 && !isBad(level))).toEqual([]);
  });

  test('held for the next change, it says that one holds only with every line from before it written', () => {
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
    leave(service);
    expect(written).toEqual(dueLines(NOON, NOON + 5_600, changed));
  });

  test('waits for a change as long as it takes, then goes on in the new world', () => {
    const { service, written, sent } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    service.prepare(2);
    const { until } = sent.at(-1) as Extract<FromService, { type: 'prepared' }>;
    vi.advanceTimersByTime(10_000);
    expect(written).toEqual(dueLines(NOON, until));
    service.applyWorld(2, world);
    vi.advanceTimersByTime(5_000);
    leave(service);
    expect(written).toEqual(dueLines(NOON, Date.now()));
  });

  test('says that a change holds when its instant has passed and every line from before is written', () => {
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

  test('paused, it writes nothing but takes and confirms changes, and says what it skips before it does', () => {
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
    leave(service);
    const skipped = sent.filter((message) => message.type === 'dropped');
    const gaps = skipped.map(({ from, to }) => ({ service: 'api', from, to, writtenAtStart: 0 }));
    expect(gaps.at(-1)?.to).toBe(NOON + 10_000);
    expect(written).toEqual(dueLines(NOON, Date.now(), { ...changed, gaps }));
    const left = skipped.reduce((sum, { lines }) => sum + lines, 0);
    expect(written.length + left).toBe(dueLines(NOON, Date.now(), changed).length);
  });

  test('held for longer than a minute, it skips all of that and says so', () => {
    const { service, written, sent } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    service.prepare(2);
    const { until } = sent.at(-1) as Extract<FromService, { type: 'prepared' }>;
    vi.advanceTimersByTime(900_000);
    service.applyWorld(2, world);
    vi.advanceTimersByTime(5_000);
    leave(service);
    const skipped = sent.find((message) => message.type === 'dropped');
    expect(skipped).toMatchObject({ from: until });
    const to = skipped?.type === 'dropped' ? skipped.to : 0;
    expect(to).toBeGreaterThanOrEqual(NOON + 905_000);
    expect(written).toEqual([...dueLines(NOON, until), ...dueLines(to, Date.now())]);
  });

  const later = () => vi.advanceTimersByTime(3_000);
  test.each([
    { when: 'up to date', isBehind: false, act: later },
    { when: 'paused', isBehind: true, act: (service: LiveService) => [service.pause(), later()] },
    { when: 'held for a change', isBehind: true, act: (service: LiveService) => [service.prepare(2), later()] },
    { when: 'after a standstill', isBehind: true, act: () => vi.setSystemTime(Date.now() + 3_000) },
  ])('$when, it leaves with word of what it had yet to write', ({ act, isBehind }) => {
    const { service, written, sent } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    act(service);
    leave(service);
    const skipped = sent.filter((message) => message.type === 'dropped');
    const gaps = skipped.map(({ from, to }) => ({ service: 'api', from, to, writtenAtStart: 0 }));
    const end = Date.now();
    expect(written).toEqual(dueLines(NOON, end, { ...world, gaps }));
    const lines = skipped.reduce((sum, { lines }) => sum + lines, 0);
    expect(written.length + lines).toBe(dueLines(NOON, end).length);
    expect(lines > 0).toBe(isBehind);
  });

  test.each([2_000, 3_600_000, 86_400_000])('a clock set back by %i ms repeats no line', (ms) => {
    const { service, written, sent, marks } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    vi.setSystemTime(NOON + 5_000 - ms);
    vi.advanceTimersByTime(900);
    service.prepare(2);
    const { until } = sent.at(-1) as Extract<FromService, { type: 'prepared' }>;
    expect(written).toEqual(dueLines(NOON, until));
    // As the supervisor does it: the world goes on where it was, and time stamps follow the clock.
    const at = NOON + 5_000;
    const changed = withEntry(world, at, { clockOffsetMs: Date.now() - at });
    service.applyWorld(2, changed);
    vi.advanceTimersByTime(10_000);
    leave(service);
    expect(written).toEqual(dueLines(NOON, at + 10_000, changed));
    expect(new Set(written.map(({ request_id, msg, time }) => `${request_id} ${time} ${msg}`)).size).toBe(
      written.length,
    );
    expect(written.at(-1)?.time).toBeLessThanOrEqual(Date.now());
    expect(written.at(-1)?.time).toBeGreaterThan(Date.now() - 2_000);
    const skipped = sent.filter(({ type }) => type === 'dropped');
    expect(skipped).toEqual([]);
    // The mark stands exactly between the lines of before and those that follow the clock.
    expect(marks).toEqual([{ ms: Date.now() - (at + 10_002), lines: dueLines(NOON, at).length }]);
  });

  test('a clock set back by less than a second repeats no line', () => {
    const { service, written } = liveApi();
    service.applyWorld(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    vi.setSystemTime(NOON + 4_200);
    vi.advanceTimersByTime(5_000);
    leave(service);
    expect(written).toEqual(dueLines(NOON, NOON + 9_200));
  });
});
