import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellQuote } from '../../shared/shell-quote.ts';

test.each([
  ['/tmp/app-1.log', '/tmp/app-1.log'],
  ['2026-11-01T08:00:00+02:00', '2026-11-01T08:00:00+02:00'],
  ['/tmp/a b/c.log', "'/tmp/a b/c.log'"],
  ['~/app.log', "'~/app.log'"],
  ["it's", "'it'\\''s'"],
  ['$HOME;`ls`', "'$HOME;`ls`'"],
  ['*.log', "'*.log'"],
  ['größe', "'größe'"],
  ['', "''"],
])('%j is typed as %s', (text, word) => {
  expect(shellQuote(text)).toBe(word);
  expect(execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' })).toBe(text);
});
