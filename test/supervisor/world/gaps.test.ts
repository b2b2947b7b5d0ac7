import { expect, test } from 'vitest';
import { Gaps } from '../../../supervisor/world/gaps.ts';

test('a gap is open until its service writes again', () => {
  const gaps = new Gaps();
  gaps.open('api', 100, 2);
  gaps.open('auth', 150, 0);
  expect(gaps.all[0]?.to).toBe(Number.MAX_SAFE_INTEGER);
  gaps.close('api', 400);
  expect(gaps.all).toEqual([
    { service: 'api', from: 100, writtenAtStart: 2, to: 400 },
    { service: 'auth', from: 150, writtenAtStart: 0, to: Number.MAX_SAFE_INTEGER },
  ]);
  gaps.close('api', 900);
  expect(gaps.all[0]?.to).toBe(400);
});

test('the latest ten thousand are kept', () => {
  const gaps = new Gaps();
  for (let i = 0; i < 10_050; i++) gaps.add({ service: 'api', from: i, writtenAtStart: 0, to: i + 1 });
  expect(gaps.all.length).toBe(10_000);
  expect(gaps.all[0]?.from).toBe(50);
});
