import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const FOLDER = new URL('../../../services/simulation/', import.meta.url);

/** What would make two machines or two runs differ: chance, the clock, and functions that may round differently. */
const IMPURE =
  /\bMath\.(random|log\w*|pow|exp\w*|sqrt|cbrt|hypot|a?(sin|cos|tan)h?|atan2)\b|\*\*|\bDate\b|\bperformance\b|\bprocess\b|\btoLocale/;

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

test.each(files)('%s uses no chance, no clock and no inexact function', (file) => {
  const code = readFileSync(new URL(file, FOLDER), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  const lines = code.split('\n').filter((line) => IMPURE.test(line) && !/\b2 \*\* [\w.]+/.test(line));
  expect(lines).toEqual([]);
});
