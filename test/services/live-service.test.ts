import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { serviceNames } from '../../services/index.ts';
import { LiveService } from '../../services/live-service.ts';
import { Simulation } from '../../services/simulation/simulation.ts';
import type { Told } from '../../services/simulation/teller.ts';
import type { FromService } from '../../shared/ipc.ts';
import type { LogRecord } from '../../shared/record.ts';
import { isBad } from '../../shared/record.ts';
import type { World } from '../../shared/world.ts';
import { catalog, liveApi } from './live-api.ts';
import { NOON, steadyWorld, withMoment } from './worlds.ts';

const world = steadyWorld(serviceNames, 2, { rate: 40 });
const told = (from: number, to: number, of: World = world) => new Simulation(catalog, of).linesBetween('api', from, to);

/** Has it leave, and returns when it has. */
function leave(service: LiveService): void {
  const left = vi.fn();
  service.leave(left);
  vi.advanceTimersByTime(2);
  expect(left).toHaveBeenCalledOnce();
}

describe('a live service', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOON });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('writes every line once, soon after its time and never before', () => {
    const { service, written, lateness } = liveApi();
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(60_000);
    leave(service);
    expect(written).toEqual(told(NOON, NOON + 60_000));
    expect(Math.min(...lateness)).toBeGreaterThan(0);
    expect(Math.max(...lateness)).toBeLessThanOrEqual(25);
  });

  test('makes up for the time before it was ready, however long that took', () => {
    const { service, written } = liveApi();
    vi.setSystemTime(NOON + 7_000);
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(3_000);
    leave(service);
    expect(written).toEqual(told(NOON, NOON + 10_000));
  });

  test('that cannot write as much as is due leaves some out, is never much later than a second, and answers', () => {
    // Some 14 lines a second are due and 10 can be written.
    const { service, written, sent, lateness } = liveApi(100);
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(30_000);
    service.hold(2);
    expect(Math.max(...lateness)).toBeLessThan(2_500);
    const skipped = sent.filter((message) => message.type === 'skipped');
    expect(skipped.length).toBeGreaterThan(1);
    const gaps = skipped.map(({ from, to }) => ({ service: 'api', from, to, kept: 0 }));
    const until = sent.at(-1)?.type === 'held' ? (sent.at(-1) as { until: number }).until : 0;
    expect(written).toEqual(told(NOON, until, { ...world, gaps }));
    const left = skipped.reduce((sum, { lines }) => sum + lines, 0);
    expect(written.length + left).toBe(told(NOON, until).length);
  });

  test('writes nothing until it is told a world with an instant to begin at', () => {
    const { service, written } = liveApi();
    service.enter(1, world);
    vi.advanceTimersByTime(5_000);
    expect(written).toEqual([]);
    service.enter(2, world, Date.now());
    vi.advanceTimersByTime(5_000);
    leave(service);
    expect(written).toEqual(told(NOON + 5_000, NOON + 10_000));
  });

  test('stops short for a change and goes on in the new world, line for line', () => {
    const { service, written, sent } = liveApi();
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(10_000);
    service.hold(2);
    const { until } = sent.at(-1) as Extract<FromService, { type: 'held' }>;
    expect(until).toBeLessThanOrEqual(NOON + 10_000);
    vi.advanceTimersByTime(400);
    const lines = written.length;
    expect(written).toEqual(told(NOON, until));

    const changed = withMoment(world, NOON + 10_001, { ratios: { ...world.timeline[0].ratios, api: 10 } });
    service.enter(2, changed);
    vi.advanceTimersByTime(2);
    expect(sent.at(-1)).toMatchObject({ type: 'holds', version: 2 });
    vi.advanceTimersByTime(10_000);
    leave(service);
    expect(written).toEqual(told(NOON, Date.now(), changed));
    expect(written.slice(lines).filter(({ time, level }) => time > NOON + 10_001 && !isBad(level))).toEqual([]);
  });

  test('reads its messages before it writes when it was kept from both', () => {
    const { service, written } = liveApi();
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    const before = written.length;
    // The process stands still; meanwhile the world changes, and the message waits.
    vi.setSystemTime(NOON + 5_700);
    vi.advanceTimersToNextTimer();
    expect(written.length).toBe(before);
    const between = withMoment(world, NOON + 5_100, { ratios: { ...world.timeline[0].ratios, api: 10 } });
    const changed = withMoment(between, NOON + 5_400, { ratios: { ...world.timeline[0].ratios, api: 0 } });
    service.hold(2);
    service.enter(2, between);
    service.hold(3);
    service.enter(3, changed);
    vi.advanceTimersByTime(5_000);
    leave(service);
    expect(written).toEqual(told(NOON, Date.now(), changed));
  });

  test('held for the next change, it says that one holds only with every line from before it written', () => {
    const { service, written, sent } = liveApi();
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    service.hold(2);
    const changed = withMoment(world, NOON + 5_500, { down: ['api'] });
    service.enter(2, changed);
    service.hold(3);
    vi.advanceTimersByTime(600);
    expect(sent.at(-1)).toEqual({ type: 'holds', version: 2, lines: told(NOON, NOON + 5_500).length });
    expect(written).toEqual(told(NOON, NOON + 5_500));
    leave(service);
    expect(written).toEqual(told(NOON, NOON + 5_600, changed));
  });

  test('waits for a change as long as it takes, then goes on in the new world', () => {
    const { service, written, sent } = liveApi();
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    service.hold(2);
    const { until } = sent.at(-1) as Extract<FromService, { type: 'held' }>;
    vi.advanceTimersByTime(10_000);
    expect(written).toEqual(told(NOON, until));
    service.enter(2, world);
    vi.advanceTimersByTime(5_000);
    leave(service);
    expect(written).toEqual(told(NOON, Date.now()));
  });

  test('says that a change holds when its instant has passed and every line from before is written', () => {
    const { service, written, sent } = liveApi();
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    service.enter(2, withMoment(world, NOON + 5_300, { down: ['auth'] }));
    vi.advanceTimersByTime(299);
    expect(sent.at(-1)).toMatchObject({ version: 1 });
    vi.advanceTimersByTime(5);
    expect(sent.at(-1)).toEqual({ type: 'holds', version: 2, lines: written.length });
    expect(written.length).toBeGreaterThanOrEqual(told(NOON, NOON + 5_300).length);
  });

  test('after a sleep writes the last second of it, no flood, and says what it skipped', () => {
    const { service, written, sent } = liveApi();
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    const before = written.length;
    vi.setSystemTime(NOON + 3_600_000);
    vi.advanceTimersByTime(2_000);
    leave(service);
    const after = written.slice(before);
    const skipped = sent.find(({ type }) => type === 'skipped') as Extract<FromService, { type: 'skipped' }>;
    expect(skipped.lines).toBe(told(skipped.from, skipped.to).length);
    expect(written).toEqual([...told(NOON, skipped.from), ...told(skipped.to, Date.now())]);
    expect(after[0]?.time).toBeGreaterThanOrEqual(NOON + 3_598_000);
    expect(after.at(-1)?.time).toBeLessThan(Date.now());
    expect(after).toEqual(told(after[0]?.time as number, Date.now()));
  });

  test('resumed late, it reads of a change that has come meanwhile before it writes', () => {
    const { service, written, sent } = liveApi();
    // To count what was skipped takes a while.
    sent.push = () => Number(vi.setSystemTime(Date.now() + 200));
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(1_000);
    service.pause();
    vi.setSystemTime(NOON + 5_000);
    written.length = 0;
    service.resume();
    service.hold(2);
    service.enter(2, withMoment(world, NOON + 4_000, { ratios: { ...world.timeline[0].ratios, api: 10 } }));
    vi.advanceTimersByTime(2_000);
    leave(service);
    expect(written.length).toBeGreaterThan(10);
    expect(written.filter(({ level }) => !isBad(level))).toEqual([]);
  });

  test('that stood still waits for the changes that are on their way still, however many are in its pipe', () => {
    const { service, written, sent } = liveApi(0, 200);
    const changed = (at: number, ratio: number, of = world) =>
      withMoment(of, at, { ratios: { ...world.timeline[0].ratios, api: ratio } });
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(1_000);
    vi.setSystemTime(NOON + 2_000);
    written.length = 0;
    const first = changed(NOON + 1_100, 5);
    service.enter(2, first);
    vi.advanceTimersByTime(150);
    expect(written).toEqual([]);
    service.hold(3);
    service.enter(3, changed(NOON + 1_200, 10, first));
    vi.advanceTimersByTime(2_000);
    leave(service);
    expect(sent.filter(({ type }) => type === 'overslept')).toHaveLength(1);
    const late = written.filter(({ time }) => time >= NOON + 1_200);
    expect(late.length).toBeGreaterThan(10);
    expect(late.filter(({ level }) => !isBad(level))).toEqual([]);
  });

  test('an answer that comes too late says nothing of the present: it asks again', () => {
    const { service, written, sent } = liveApi(0, 600);
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(1_000);
    vi.setSystemTime(NOON + 2_000);
    written.length = 0;
    vi.advanceTimersByTime(1_500);
    expect(sent.filter(({ type }) => type === 'overslept').length).toBeGreaterThan(1);
    expect(written).toEqual([]);
  });

  test('paused after it stood still in the middle of a write, it reads of a change before it writes', () => {
    const written: LogRecord[] = [];
    let stall = 0;
    const output = {
      lines: 0,
      add: (time: number, { level }: Told) => void written.push({ level, time } as LogRecord),
      flush: () => void vi.setSystemTime(Date.now() + stall),
    };
    const service: LiveService = new LiveService('api', catalog, output, ({ type }) => {
      if (type === 'overslept') setTimeout(() => service.current(), 1);
    });
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(1_000);
    stall = 5_000;
    vi.advanceTimersToNextTimer();
    stall = 0;
    written.length = 0;
    service.pause();
    service.enter(2, withMoment(world, Date.now() - 1_000, { ratios: { ...world.timeline[0].ratios, api: 10 } }));
    service.resume();
    vi.advanceTimersByTime(2_000);
    leave(service);
    expect(written.length).toBeGreaterThan(10);
    expect(written.filter(({ level }) => !isBad(level))).toEqual([]);
  });

  test('paused, it writes nothing but takes and confirms changes, and says what it skips before it does', () => {
    const { service, written, sent } = liveApi();
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    service.pause();
    const lines = written.length;
    vi.advanceTimersByTime(3_000);
    service.hold(2);
    expect(sent.at(-1)).toMatchObject({ type: 'held', version: 2 });
    const changed = withMoment(world, NOON + 8_001, { ratios: { ...world.timeline[0].ratios, api: 10 } });
    service.enter(2, changed);
    vi.advanceTimersByTime(2_000);
    expect(sent.slice(-2)).toMatchObject([
      { type: 'skipped', to: NOON + 8_001 },
      { type: 'holds', version: 2, lines },
    ]);
    expect(written.length).toBe(lines);
    service.resume();
    vi.advanceTimersByTime(5_000);
    leave(service);
    const skipped = sent.filter((message) => message.type === 'skipped');
    const gaps = skipped.map(({ from, to }) => ({ service: 'api', from, to, kept: 0 }));
    expect(gaps.at(-1)?.to).toBe(NOON + 10_000);
    expect(written).toEqual(told(NOON, Date.now(), { ...changed, gaps }));
    const left = skipped.reduce((sum, { lines }) => sum + lines, 0);
    expect(written.length + left).toBe(told(NOON, Date.now(), changed).length);
  });

  test('held for very long, it makes up for no more than the world it is told reaches back', () => {
    const { service, written, sent } = liveApi();
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    service.hold(2);
    const { until } = sent.at(-1) as Extract<FromService, { type: 'held' }>;
    vi.advanceTimersByTime(900_000);
    service.enter(2, world);
    vi.advanceTimersByTime(5_000);
    leave(service);
    const skipped = sent.find((message) => message.type === 'skipped');
    expect(skipped).toMatchObject({ from: until });
    const to = skipped?.type === 'skipped' ? skipped.to : 0;
    expect(NOON + 905_000 - to).toBeLessThanOrEqual(0);
    expect(written).toEqual([...told(NOON, until), ...told(to, Date.now())]);
  });

  const later = () => vi.advanceTimersByTime(3_000);
  test.each([
    { when: 'up to date', isBehind: false, act: later },
    { when: 'paused', isBehind: true, act: (service: LiveService) => [service.pause(), later()] },
    { when: 'held for a change', isBehind: true, act: (service: LiveService) => [service.hold(2), later()] },
    { when: 'after a standstill', isBehind: true, act: () => vi.setSystemTime(Date.now() + 3_000) },
  ])('$when, it leaves with word of what it had yet to write', ({ act, isBehind }) => {
    const { service, written, sent } = liveApi();
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    act(service);
    leave(service);
    const skipped = sent.filter((message) => message.type === 'skipped');
    const gaps = skipped.map(({ from, to }) => ({ service: 'api', from, to, kept: 0 }));
    const end = Date.now();
    expect(written).toEqual(told(NOON, end, { ...world, gaps }));
    const lines = skipped.reduce((sum, { lines }) => sum + lines, 0);
    expect(written.length + lines).toBe(told(NOON, end).length);
    expect(lines > 0).toBe(isBehind);
  });

  test('after the clock was set back goes on from there, and writes no line from the future', () => {
    const { service, written } = liveApi();
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    const before = written.length;
    vi.setSystemTime(NOON - 3_600_000);
    vi.advanceTimersByTime(10_000);
    leave(service);
    const after = written.slice(before);
    expect(after.length).toBeGreaterThan(20);
    expect(after[0]?.time).toBeGreaterThanOrEqual(NOON - 3_600_000);
    expect(after.at(-1)?.time).toBeLessThan(Date.now());
  });

  test('a clock set back by less than a second repeats no line', () => {
    const { service, written } = liveApi();
    service.enter(1, world, NOON);
    vi.advanceTimersByTime(5_000);
    vi.setSystemTime(NOON + 4_200);
    vi.advanceTimersByTime(5_000);
    leave(service);
    expect(written).toEqual(told(NOON, NOON + 9_200));
  });
});
