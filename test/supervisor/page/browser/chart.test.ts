import { describe, expect, test } from 'vitest';
import type { IncidentStatus } from '../../../../shared/incident-api.ts';
import type { Counts, SecondOfCounts } from '../../../../shared/page-api.ts';
import { bandsOf, marksNear } from '../../../../supervisor/page/browser/chart/annotations.ts';
import { currentRate, lastMinute, recentSteps, sumCounts } from '../../../../supervisor/page/browser/chart/counts.ts';
import { buildSeries, stack, stepOf } from '../../../../supervisor/page/browser/chart/series.ts';
import { NOW } from './state.ts';

/** One entry a second up to now: `api` as given, `auth` with one error. */
function history(...api: readonly Counts[]): SecondOfCounts[] {
  return api.map((counts, index) => ({
    at: NOW - (api.length - index) * 1_000,
    counts: { api: counts, auth: [0, 0, 1] },
  }));
}

const STEADY = history(...Array.from({ length: 120 }, (): Counts => [6, 3, 1]));

describe('counts', () => {
  test('of a part of the time, of one service or all', () => {
    expect(sumCounts(STEADY, 'api', NOW - 10_000, NOW - 5_000)).toEqual([30, 15, 5]);
    expect(sumCounts(STEADY, null, NOW - 10_000, NOW - 5_000)).toEqual([30, 15, 10]);
    expect(sumCounts(STEADY, 'payment', NOW - 10_000, NOW)).toEqual([0, 0, 0]);
  });

  test('rate now, of complete seconds', () => {
    expect(currentRate([...STEADY, { at: NOW, counts: { api: [1, 0, 0] } }], 'api', NOW + 400)).toBe(10);
    expect(currentRate([], null, NOW)).toBe(0);
  });

  test('of the last minute', () => {
    expect(lastMinute(STEADY, 'api', NOW)).toEqual({ lines: 600, bad: 240 });
  });

  test('in steps, the oldest first', () => {
    const steps = recentSteps(STEADY, 'api', NOW, { steps: 3, stepMs: 10_000 });
    expect(steps).toEqual([
      { good: 60, bad: 40 },
      { good: 60, bad: 40 },
      { good: 60, bad: 40 },
    ]);
  });
});

describe('series', () => {
  test.each([
    [2, 1_000],
    [5, 2_000],
    [15, 5_000],
    [60, 15_000],
  ])('%i minutes have steps of %i ms', (minutes, step) => {
    expect(stepOf({ from: 0, to: minutes * 60_000 })).toBe(step);
  });

  test('are lines a second, unknown before the begin', () => {
    const range = { from: NOW - 4_000, to: NOW };
    const { times, good, warning, error } = buildSeries(STEADY, 'api', range, { since: NOW - 2_000, now: NOW });
    expect(times).toEqual([4, 3, 2, 1].map((ago) => NOW / 1000 - ago));
    expect(good).toEqual([null, null, 6, 6]);
    expect(warning).toEqual([null, null, 3, 3]);
    expect(error).toEqual([null, null, 1, 1]);
  });

  test('a last step that is not over yet is an average too, and seconds without lines are zero', () => {
    const range = { from: NOW - 900_000, to: NOW };
    const { good } = buildSeries(STEADY, 'api', range, { since: NOW - 900_000, now: NOW });
    expect(good).toHaveLength(180);
    expect(good[0]).toBe(0);
    expect(good.slice(-24)).toEqual(Array.from({ length: 24 }, () => 6));
    const later = buildSeries(STEADY, 'api', { from: NOW - 60_000, to: NOW + 2_000 }, { since: 0, now: NOW + 1_000 });
    expect(later.good.at(-1)).toBe(0);
  });

  test('stacked: errors, warnings on them, good lines on both', () => {
    const series = { times: [1, 2], good: [6, null], warning: [3, null], error: [1, null] };
    expect(stack(series)).toEqual({ times: [1, 2], error: [1, null], warning: [4, null], good: [10, null] });
  });
});

describe('annotations', () => {
  const incident = {
    id: 'x-1',
    from: 1_000,
    to: 4_000,
    phases: [
      { name: 'onset', from: 1_000, to: 2_000, ratios: {} },
      { name: 'plateau', from: 2_000, to: 3_000, ratios: {} },
      { name: 'recovery', from: 3_000, to: 4_000, ratios: {} },
    ],
  } as unknown as IncidentStatus;

  test('phases in the range are bands', () => {
    expect(bandsOf([incident], { from: 0, to: 2_500 }).map(({ label, from }) => [label, from])).toEqual([
      ['x-1: onset', 1_000],
      ['plateau', 2_000],
    ]);
    expect(bandsOf([incident], { from: 4_000, to: 9_000 })).toEqual([]);
  });

  test('an incident without phases is one band', () => {
    expect(bandsOf([{ ...incident, phases: [] }], { from: 0, to: 9_000 }).map(({ label }) => label)).toEqual(['x-1']);
  });

  test('marks near a time', () => {
    const marks = [100, 200, 300].map((at) => ({ at, level: 'INFO', text: '' }) as const);
    expect(marksNear(marks, 210, 20).map(({ at }) => at)).toEqual([200]);
  });
});
