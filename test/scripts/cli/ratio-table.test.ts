import { expect, test } from 'vitest';
import { formatRatios, isMoved } from '../../../scripts/cli/ratio-table.ts';

const ratios = { api: 0.3, payment: 0.3, auth: 7.5 };

test('without an incident', () => {
  const answer = { ratios, inEffect: ratios };
  expect(isMoved(answer)).toBe(false);
  expect(`\n${formatRatios(answer)}\n`).toBe(`
SERVICE  RATIO  BAD LINES
api      0.3    3 %
payment  0.3    3 %
auth     7.5    75 %
`);
});

test('while an incident moves some of them', () => {
  const answer = { ratios, inEffect: { ...ratios, payment: 2.99 } };
  expect(isMoved(answer)).toBe(true);
  expect(`\n${formatRatios(answer)}\n`).toBe(`
SERVICE  RATIO  BAD LINES  SET TO
api      0.3    3 %
payment  2.99   29.9 %     0.3
auth     7.5    75 %
`);
});
