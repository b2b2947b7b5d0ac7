import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startFleet } from './fleet.ts';

const EPIC = fileURLToPath(new URL('../fixtures/services/writes-records-over-1-mebibyte.js', import.meta.url));

test('after a record of 1.5 MB a ratio change is confirmed, and the record is a truncated line of its level', async () => {
  const fleet = await startFleet('--service', EPIC, '--epic-ratio', '0', '--rate', '1000');
  await fleet.showsLines(1, 'EpicService');
  const changed = await fleet.command('ratios', '--api', '7');
  expect(changed).toMatchObject({ status: 0, stderr: '' });
  await fleet.stop();
  const lines = fleet.lines().filter(({ service }) => service === 'EpicService');
  expect(lines.length).toBeGreaterThan(0);
  for (const { level, message } of lines) {
    expect(level).toBe('DEBUG');
    expect(message.startsWith('begin aü€😀')).toBe(true);
    expect(message.slice(-40)).toMatch(/ \[cut: \d+ bytes more\]$/);
  }
});
