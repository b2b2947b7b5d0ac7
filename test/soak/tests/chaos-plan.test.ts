import { expect, test } from 'vitest';
import { planSteps, takeFor, takeUntil } from '../chaos-plan.ts';

const PLAN = { seed: 7, name: 'run 0', kinds: ['kill', 'stop', 'fill', 'sleep'], delayRangeMs: [0, 600] } as const;
const MINUTE_MS = 60_000;

/** Kind, delay and first random choice of each step of the first minute. */
const firstMinute = (plan: Parameters<typeof planSteps>[0]) =>
  [...takeFor(MINUTE_MS, planSteps(plan))].map(({ kind, delayMs, random }) => [
    kind,
    delayMs,
    random.between(0, 1_000_000),
  ]);

test('the same plan gives the same steps', () => {
  expect(firstMinute(PLAN)).toEqual(firstMinute(PLAN));
  expect(firstMinute(PLAN).length).toBeGreaterThan(100);
});

test.each([
  ['seed', { ...PLAN, seed: 8 }],
  ['name', { ...PLAN, name: 'run 1' }],
])('another %s gives other steps', (_what, plan) => {
  expect(firstMinute(plan)).not.toEqual(firstMinute(PLAN));
});

test('the random choices of a fault do not depend on those of the faults before it', () => {
  const [first, second] = [...takeFor(MINUTE_MS, planSteps(PLAN))];
  first?.random.between(0, 1_000_000);
  first?.random.between(0, 1_000_000);
  expect(second?.random.between(0, 1_000_000)).toBe(firstMinute(PLAN)[1]?.[2]);
});

test('every kind comes once before any comes again', () => {
  const kinds = firstMinute(PLAN).map(([kind]) => kind);
  for (let at = 0; at + 4 <= kinds.length; at += 4) {
    expect(kinds.slice(at, at + 4).sort()).toEqual([...PLAN.kinds].sort());
  }
});

test('delays are within their range and fill the time', () => {
  const delays = firstMinute(PLAN).map(([, delayMs]) => delayMs as number);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...delays)).toBeLessThanOrEqual(600);
  const total = delays.reduce((sum, delayMs) => sum + delayMs, 0);
  expect(total).toBeLessThanOrEqual(MINUTE_MS);
  expect(total).toBeGreaterThan(MINUTE_MS - 600);
});

test('a run until a condition is true has the same steps', () => {
  const kinds: string[] = [];
  for (const { kind } of takeUntil(() => kinds.length === 6, planSteps(PLAN))) kinds.push(kind);
  expect(kinds).toEqual(
    firstMinute(PLAN)
      .slice(0, 6)
      .map(([kind]) => kind),
  );
});
