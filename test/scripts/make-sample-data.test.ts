import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the sample data is what the script draws from Faker', () => {
  const script = fileURLToPath(new URL('../../dist/scripts/make-sample-data.js', import.meta.url));
  const data = readFileSync(new URL('../../services/simulation/sample-data.ts', import.meta.url), 'utf8');
  expect(execFileSync(process.execPath, [script], { encoding: 'utf8' })).toBe(data);
});
