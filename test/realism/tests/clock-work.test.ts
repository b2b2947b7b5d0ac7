import { describe, expect, test } from 'vitest';
import type { LogLine } from '../lines/log-line.ts';
import { ClockWork, compareClockWork } from '../measures/clock-work.ts';
import { line } from './hand-made.ts';

const every = (seconds: number, text: string, request?: string) =>
  Array.from({ length: Math.floor(3600 / seconds) }, (_, index) =>
    line(text, { at: index * seconds, ...(request && { request: request + index }) }),
  );

const PROBE = 'GET /healthz 200 in 3 ms';
const REPORT = 'route table reloaded, 61 routes';

function compare(lines: readonly LogLine[], busyLines: readonly LogLine[]) {
  const clocks = [lines, busyLines].map((log) => {
    const clock = new ClockWork();
    for (const next of log) clock.observe(next);
    return clock;
  });
  const findings = compareClockWork(clocks[0] as ClockWork, clocks[1] as ClockWork);
  return Object.fromEntries(findings.map((finding) => [finding.id, finding]));
}

describe('health probes', () => {
  test('by the clock, at any rate', () => {
    const { probes, probesAtRate } = compare(every(10, PROBE, 'a'), every(10, PROBE, 'b'));
    expect(probes?.figures).toEqual([0]);
    expect(probesAtRate?.figures).toEqual([1]);
  });

  test('with traffic', () => {
    const { probes, probesAtRate } = compare(every(10, PROBE, 'a'), every(1, PROBE, 'b'));
    expect(probes?.figures).toEqual([0]);
    expect(probesAtRate?.figures).toEqual([10]);
    const uneven = [0, 1, 20, 21, 40].map((at) => line(PROBE, { at, request: String(at) }));
    expect(compare(uneven, uneven).probes?.figures[0]).toBeGreaterThan(0.5);
  });

  test('that are not in the log', () => {
    const { probes, probesAtRate } = compare([], []);
    expect(probes?.figures[0]).toBeNaN();
    expect(probesAtRate?.figures).toEqual([]);
  });
});

describe('periodic texts', () => {
  test('are found although now and then one is missing', () => {
    const lines = every(30, REPORT).filter((_, index) => index % 7 !== 0);
    expect(compare(lines, every(30, REPORT)).periodic).toMatchObject({ figures: [0], cases: 1 });
  });

  test('must not grow with traffic', () => {
    expect(compare(every(30, REPORT), every(3, REPORT)).periodic).toMatchObject({ figures: [1], cases: 1 });
  });

  test('are not those of traffic', () => {
    const atRandom = Array.from({ length: 100 }, (_, index) => line(REPORT, { at: index * 30 + ((index * 13) % 29) }));
    expect(compare(atRandom, atRandom).periodic?.cases).toBe(0);
    expect(compare(every(30, REPORT, 'a'), []).periodic?.cases).toBe(0);
  });
});
