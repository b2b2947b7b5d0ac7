import { describe, expect, test } from 'vitest';
import { backfillCommand } from '../../../scripts/backfill.ts';
import type { Command } from '../../../scripts/cli/command.ts';
import { helpOf, helpOfAll } from '../../../scripts/cli/help.ts';
import { incidentCommand } from '../../../scripts/incident.ts';
import { ratiosCommand } from '../../../scripts/ratios.ts';
import { servicesCommand } from '../../../scripts/services.ts';
import { socketCommand } from '../../../scripts/socket.ts';
import { startCommand } from '../../../scripts/start.ts';
import { stopCommand } from '../../../scripts/stop.ts';

const commands: readonly Command[] = [
  await startCommand([]),
  await ratiosCommand([]),
  incidentCommand,
  servicesCommand,
  stopCommand,
  socketCommand,
  await backfillCommand([]),
];

const longest = (help: string) => Math.max(...help.split('\n').map(({ length }) => length));

describe.each(commands.map((command) => [command.usage, command] as const))('%s', (_usage, command) => {
  test('fits 80 columns, also without a terminal', async () => {
    expect(longest(await helpOf(command, 80))).toBeLessThanOrEqual(80);
    expect(await helpOf(command)).toBe(await helpOf(command, 80));
  });

  test('has a line for each option, with the beginning of its description', async () => {
    const help = await helpOf(command, 80);
    const options = help.split('Examples:')[0] as string;
    for (const [name, { describe }] of Object.entries(command.options)) {
      const [line = '', ...more] = options.split('\n').filter((text) => new RegExp(`^ +--${name} `).test(text));
      expect(more).toEqual([]);
      expect(line).toContain(`  ${describe.split(' ', 3).join(' ')}`);
    }
    expect(help).not.toMatch(/\[(string|boolean|array)\]/);
  });

  test('shows every example as typed', async () => {
    const help = await helpOf(command, 80);
    for (const [typed, effect] of command.examples) expect(help).toContain(`  ${typed}\n      ${effect}`);
  });
});

test('the help of all fits 80 columns', async () => {
  expect(longest(await helpOfAll(commands, 80))).toBeLessThanOrEqual(80);
});

test('no default is broken over two lines', async () => {
  for (const width of [60, 70, 80, 90, 100]) {
    const help = await helpOf(commands[0] as Command, width);
    expect(help.match(/\[default: \S+\]/g)).toHaveLength(13);
  }
});
