import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { backfillOptions } from '../../../scripts/backfill/backfill-settings.ts';
import { serviceNames } from '../../../services/index.ts';
import { DEFAULTS, LIMITS } from '../../../shared/defaults.ts';
import { TRAFFIC } from '../../../shared/world.ts';

const readme = readFileSync(new URL('../../../scripts/README.md', import.meta.url), 'utf8');

/** The cells of each row about an option under the heading of backfill. */
function rows(): string[][] {
  const section = readme.split('\n## Backfill\n')[1]?.split(/\n##+ /)[0] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('| `--'));
  return lines.map((line) => line.split('|').map((cell) => cell.trim()));
}

test('the README lists the options of backfill, their ranges and defaults', () => {
  expect(rows().map(([, option]) => option)).toEqual(
    Object.keys(backfillOptions(serviceNames)).map((name) => `\`--${name}\``),
  );
  const row = (option: string) => rows().find(([, cell]) => cell === `\`--${option}\``) as string[];
  for (const name of serviceNames) expect(row(`${name}-ratio`)[3]).toBe(String(DEFAULTS.ratio));
  expect(row('rate').slice(2, 4)).toEqual([`${LIMITS.rate.min} to ${LIMITS.rate.max}`, String(DEFAULTS.rate)]);
  expect(row('traffic').slice(2, 4)).toEqual([
    TRAFFIC.map((word) => `\`${word}\``).join(', '),
    `\`${DEFAULTS.traffic}\``,
  ]);
  expect(row('seed').slice(2, 4)).toEqual([`${LIMITS.seed.min} to ${LIMITS.seed.max}`, String(DEFAULTS.seed)]);
  expect(row('lines')[2]).toBe(`${LIMITS.lines.min} to ${LIMITS.lines.max}`);
  expect(row('workers')[2]).toBe(`${LIMITS.workers.min} to ${LIMITS.workers.max}`);
});

test('the years in the README are the limits', () => {
  const years = [LIMITS.time.min, LIMITS.time.max - 1].map((time) => new Date(time).getUTCFullYear());
  expect(readme).toContain(`The years are ${years.join(' to ')}.`);
});
