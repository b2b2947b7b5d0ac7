import { expect, test } from 'vitest';
import { lasting, stepsOf, until } from '../chaos-plan.ts';

const PLAN = { seed: 7, name: 'run 0', kinds: ['kill', 'stop', 'fill', 'sleep'], pauses: [0, 600] } as const;
const MINUTE = 60_000;

/** What happens, when, and what each fault decides. */
const told = (plan: Parameters<typeof stepsOf>[0]) =>
  [...lasting(MINUTE, stepsOf(plan))].map(({ kind, pause, chance }) => [kind, pause, chance.between(0, 1_000_000)]);

test('the same plan is the same storm', () => {
  expect(told(PLAN)).toEqual(told(PLAN));
  expect(told(PLAN).length).toBeGreaterThan(100);
});

test.each([
  ['seed', { ...PLAN, seed: 8 }],
  ['name', { ...PLAN, name: 'run 1' }],
])('another %s is another storm', (_what, plan) => {
  expect(told(plan)).not.toEqual(told(PLAN));
});

test('what a fault decides does not depend on what others have decided before', () => {
  const [first, second] = [...lasting(MINUTE, stepsOf(PLAN))];
  first?.chance.between(0, 1_000_000);
  first?.chance.between(0, 1_000_000);
  expect(second?.chance.between(0, 1_000_000)).toBe(told(PLAN)[1]?.[2]);
});

test('no kind comes twice before every kind has come', () => {
  const kinds = told(PLAN).map(([kind]) => kind);
  for (let at = 0; at + 4 <= kinds.length; at += 4) {
    expect(kinds.slice(at, at + 4).sort()).toEqual([...PLAN.kinds].sort());
  }
});

test('the pauses lie in their range and fill the time', () => {
  const pauses = told(PLAN).map(([, pause]) => pause as number);
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(600);
  const total = pauses.reduce((sum, pause) => sum + pause, 0);
  expect(total).toBeLessThanOrEqual(MINUTE);
  expect(total).toBeGreaterThan(MINUTE - 600);
});

test('a storm until something is over has the same steps, as many as there is time for', () => {
  const kinds: string[] = [];
  for (const { kind } of until(() => kinds.length === 6, stepsOf(PLAN))) kinds.push(kind);
  expect(kinds).toEqual(
    told(PLAN)
      .slice(0, 6)
      .map(([kind]) => kind),
  );
});
