import { describe, expect, test } from 'vitest';
import { Timeline } from '../../supervisor/timeline.ts';

const T0 = 1_000_000_000_000;

function timelineAt(clock: { now: number }) {
  const first = { at: T0, ratios: { api: 2, auth: 2 }, down: [] };
  return new Timeline({ seed: 1, rate: 10, timeline: [first] }, () => clock.now);
}

const at = (timeline: Timeline) => timeline.world.timeline.map((moment) => moment.at - T0);

describe('the instant of a change', () => {
  test.each([
    { now: 500, earliest: 0, expected: 500, why: 'now' },
    { now: 500, earliest: 530, expected: 530, why: 'what a process has written up to' },
    { now: 0, earliest: 0, expected: 1, why: 'after the moment before it' },
    { now: -900, earliest: 0, expected: 1, why: 'after the moment before it, though the clock was set back a little' },
  ])('is $why', ({ now, earliest, expected }) => {
    const clock = { now: T0 + now };
    const change = timelineAt(clock).append([() => ({})], T0 + earliest);
    expect(change).toEqual({ version: 2, at: T0 + expected });
  });

  test('changes within one millisecond ascend', () => {
    const timeline = timelineAt({ now: T0 + 5 });
    for (let change = 0; change < 4; change++) timeline.append([() => ({})], 0);
    expect(at(timeline)).toEqual([0, 5, 6, 7, 8]);
  });

  test('moments that a clock set back has made future ones go', () => {
    const clock = { now: T0 + 10_000 };
    const timeline = timelineAt(clock);
    timeline.append([() => ({ down: ['api'] })], 0);
    clock.now = T0 + 3_000;
    timeline.append([() => ({ ratios: { api: 9, auth: 9 } })], 0);
    expect(at(timeline)).toEqual([0, 3_000]);
    expect(timeline.latest).toEqual({ at: T0 + 3_000, ratios: { api: 9, auth: 9 }, down: ['api'] });
  });
});

test('each edit sees what the one before it made', () => {
  const timeline = timelineAt({ now: T0 + 5 });
  const add =
    (name: string) =>
    ({ down }: { readonly down: readonly string[] }) => ({ down: [...down, name] });
  timeline.append([add('api'), add('auth')], 0);
  expect(timeline.latest.down).toEqual(['api', 'auth']);
});

test('what holds now is not yet what was asked for last', () => {
  const clock = { now: T0 + 5 };
  const timeline = timelineAt(clock);
  timeline.append([() => ({ down: ['api'] })], T0 + 20);
  expect(timeline.current.down).toEqual([]);
  clock.now = T0 + 20;
  expect(timeline.current.down).toEqual(['api']);
});

test('a process is told ten minutes, a replay everything', () => {
  const clock = { now: T0 };
  const timeline = timelineAt(clock);
  for (let minute = 1; minute <= 20; minute++) {
    clock.now = T0 + minute * 60_000;
    timeline.append([() => ({})], 0);
  }
  expect(timeline.world.timeline).toHaveLength(21);
  expect(timeline.recent.timeline.map((moment) => (moment.at - T0) / 60_000)).toEqual(
    Array.from({ length: 11 }, (_, index) => index + 10),
  );
});

test('ten thousand moments are kept', () => {
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
