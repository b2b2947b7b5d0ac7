import { describe, expect, test } from 'vitest';
import { Timeline } from '../../../supervisor/world/timeline.ts';

const T0 = 1_000_000_000_000;

/** @param clock `setBy` is how far the wall clock was set, in ms */
function timelineAt(clock: { now: number; setBy?: number }) {
  const first = { at: T0, ratios: { api: 2, auth: 2 }, down: [] };
  return new Timeline(
    { seed: 1, rate: 10, timeline: [first] },
    {
      wall: () => clock.now,
      steady: () => clock.now - (clock.setBy ?? 0),
    },
  );
}

const at = (timeline: Timeline) => timeline.world.timeline.map((entry) => entry.at - T0);

describe('the instant of a change', () => {
  test.each([
    { now: 500, earliest: 0, expected: 500, why: 'now' },
    { now: 500, earliest: 530, expected: 530, why: 'the instant up to which a process has written' },
    { now: 0, earliest: 0, expected: 1, why: 'after the entry before it' },
    { now: -900, earliest: 0, expected: 1, why: 'after the entry before it, though the clock was set back a little' },
  ])('is $why', ({ now, earliest, expected }) => {
    const clock = { now: T0 + now };
    const change = timelineAt(clock).append([() => ({})], T0 + earliest);
    expect(change).toEqual({ version: 2, at: T0 + expected, clockSetBackMs: 0 });
  });

  test('changes within one millisecond ascend', () => {
    const timeline = timelineAt({ now: T0 + 5 });
    for (let change = 0; change < 4; change++) timeline.append([() => ({})], 0);
    expect(at(timeline)).toEqual([0, 5, 6, 7, 8]);
  });
});

describe.each([2_000, 3_600_000, 86_400_000])('a clock set back by %i ms', (ms) => {
  const setBack = () => {
    const clock = { now: T0 + 10_000, setBy: 0 };
    const timeline = timelineAt(clock);
    timeline.append([() => ({ down: ['api'] })], 0);
    clock.now += 900;
    expect(timeline.checkClock()).toBe(false);
    const set = (by: number) => {
      clock.now += by;
      clock.setBy += by;
    };
    clock.now += 100;
    set(-ms);
    return { clock, timeline, set };
  };

  test('is noticed; the world goes on, and only time stamps go back', () => {
    const { clock, timeline } = setBack();
    expect(timeline.checkClock()).toBe(true);
    const change = timeline.append([() => ({ ratios: { api: 9, auth: 9 } })], T0 + 10_950);
    expect(change).toEqual({ version: 3, at: T0 + 11_000, clockSetBackMs: ms });
    expect(at(timeline)).toEqual([0, 10_000, 11_000]);
    expect(timeline.latest).toMatchObject({ down: ['api'], ratios: { api: 9, auth: 9 }, clockOffsetMs: -ms });
    expect(timeline.toTimeStamp(T0 + 11_000)).toBe(clock.now);
    expect(timeline.toTimeStamp(T0 + 10_999)).toBe(T0 + 10_999);
    expect(timeline.checkClock()).toBe(false);
  });

  test('and again, and forward once more: entries still ascend', () => {
    const { clock, timeline, set } = setBack();
    timeline.append([], 0);
    set(-ms);
    expect(timeline.append([], 0).clockSetBackMs).toBe(ms + 1);
    set(2 * ms);
    clock.now += 10;
    expect(timeline.append([], 0)).toMatchObject({ clockSetBackMs: 0 });
    const times = at(timeline);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(timeline.toTimeStamp(timeline.latest.at)).toBe(clock.now);
  });
});

test('after a suspend, or with a clock that was set forward, the world is at the new time', () => {
  const clock = { now: T0, setBy: 0 };
  const timeline = timelineAt(clock);
  clock.now += 3_600_000;
  clock.setBy += 3_600_000;
  expect(timeline.checkClock()).toBe(false);
  expect(timeline.append([], 0)).toMatchObject({ at: T0 + 3_600_000, clockSetBackMs: 0 });
});

test('each patch sees the result of the one before it', () => {
  const timeline = timelineAt({ now: T0 + 5 });
  const add =
    (name: string) =>
    ({ down }: { readonly down: readonly string[] }) => ({ down: [...down, name] });
  timeline.append([add('api'), add('auth')], 0);
  expect(timeline.latest.down).toEqual(['api', 'auth']);
});

test('the latest entry is not in effect before its instant', () => {
  const clock = { now: T0 + 5 };
  const timeline = timelineAt(clock);
  timeline.append([() => ({ down: ['api'] })], T0 + 20);
  expect(timeline.current.down).toEqual([]);
  clock.now = T0 + 20;
  expect(timeline.current.down).toEqual(['api']);
});

test('a process is sent ten minutes, a replay gets everything', () => {
  const clock = { now: T0 };
  const timeline = timelineAt(clock);
  for (let minute = 1; minute <= 20; minute++) {
    clock.now = T0 + minute * 60_000;
    timeline.append([() => ({})], 0);
  }
  expect(timeline.world.timeline).toHaveLength(21);
  expect(timeline.recent.timeline.map((entry) => (entry.at - T0) / 60_000)).toEqual(
    Array.from({ length: 11 }, (_, index) => index + 10),
  );
});

test('ten thousand entries are kept', () => {
  const clock = { now: T0 };
  const timeline = timelineAt(clock);
  for (let change = 0; change < 10_050; change++) {
    clock.now++;
    timeline.append([() => ({})], 0);
  }
  expect(timeline.world.timeline).toHaveLength(10_000);
  expect(timeline.latest.at).toBe(T0 + 10_050);
  expect(timeline.version).toBe(10_051);
});
