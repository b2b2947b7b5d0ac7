import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { batchOf } from '../../../supervisor/log/batch.ts';
import { chooseRender } from '../../../supervisor/log/render.ts';

const { isTTY } = process.stdout;
beforeEach(() => {
  process.stdout.isTTY = true;
});
afterEach(() => {
  process.stdout.isTTY = isTTY;
});

const record = (level: 20 | 30 | 40 | 50, msg: string) => {
  return batchOf({ level, time: 1_763_817_493_438, service: 'ApiService', msg });
};

test.each([20, 30, 40, 50] as const)('level %i on a terminal is the same line in colour', async (level) => {
  const render = await chooseRender();
  const batch = record(level, 'GET /healthz 200 in 3 ms');
  const shown = render(batch).toString();
  expect(shown).toContain('\u001b[');
  expect(stripVTControlCharacters(shown)).toBe(batch.bytes.toString());
});

test('a message cannot steer the terminal', async () => {
  const render = await chooseRender();
  const batch = record(30, 'clear \u001b[2J\nnext');
  expect(stripVTControlCharacters(render(batch).toString())).toBe(batch.bytes.toString());
});

test('elsewhere it is byte for byte what the file gets', async () => {
  process.stdout.isTTY = false;
  const batch = record(40, 'ü€😀');
  expect((await chooseRender())(batch)).toBe(batch.bytes);
});
