import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scenarioNames } from '../../services/scenarios/find-scenario.ts';
import { parseLine } from '../../shared/record.ts';
import { expectExactlyOnce } from '../tools/exactly-once.ts';
import { expectOneLine } from '../tools/expect-one-line.ts';
import { command } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';
import { startFleetIn } from './fleet.ts';

const BUSY = `
title: Everything at once
seed: 3
rate: 60
lasts: 10m
ratios: { all: 0.3, api: 1 }
steps:
  - { at: 2m, incident: service-down, target: auth, for: 10s }
  - { at: 2m2s, ratios: { payment: 9 }, for: 5s }
  - { at: 2m4s, traffic: 3, for: 5s }
  - { at: 2m5s, stop: notification, for: 4s }
  - { at: 2m6s, deploy: inventory, version: 9.9.9 }
  - { at: 1m, incident: db-pool-exhaustion, at-once: true }
`;

const directoryWith = (text: string): string => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'plan.yaml'), text);
  return directory;
};

/** Lines of each service, without those of the supervisor. */
const byService = (text: string): ReadonlyMap<string, readonly string[]> => {
  const lines = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const { service = 'Supervisor' } = parseLine(line) ?? {};
    if (service !== 'Supervisor') lines.set(service, [...(lines.get(service) ?? []), line]);
  }
  return lines;
};

test('a scenario writes the same lines live, with a past, and as a backfill with any number of workers', async () => {
  const directory = directoryWith(BUSY);
  const fleet = await startFleetIn(directory, '--scenario', 'plan.yaml', '--backfill', '115s');
  await fleet.showsLines(1_200);
  const world = await fleet.world();
  await fleet.stop();
  expect(await expectExactlyOnce({ world, files: fleet.files })).toBeGreaterThan(5_000);

  const live = byService(readFileSync(fleet.logFile, 'utf8'));
  const from = new Date(world.timeline[0].at).toISOString();
  for (const workers of ['1', '2']) {
    const output = `${workers}.log`;
    const options = ['--scenario', 'plan.yaml', '--from', from, '--output', output, '--workers', workers];
    expect(await command(directory, 'backfill', ...options)).toMatchObject({ status: 0 });
    const planned = byService(readFileSync(join(directory, output), 'utf8'));
    for (const [service, lines] of live)
      expect([service, planned.get(service)?.slice(0, lines.length)]).toEqual([service, lines]);
  }
});

test('who is to be killed is, and comes back as after any crash', async () => {
  const directory = directoryWith('title: x\nlasts: 5m\nsteps:\n  - { at: 5s, kill: inventory }\n');
  const fleet = await startFleetIn(directory, '--scenario', 'plan.yaml', '--rate', '20');
  await fleet.shows(/inventory died, signal SIGKILL, .*; restarting at once/);
  await fleet.showsServicesUp(6);
  expect(await fleet.service('inventory')).toMatchObject({ state: 'up', restarts: 1 });
  const world = await fleet.world();
  await fleet.stop();
  await expectExactlyOnce({ world, files: fleet.files });
  expect(fleet.stdout).not.toContain('on request');
});

test('options of the command line are preferred to what the scenario says', async () => {
  const directory = directoryWith(BUSY);
  const fleet = await startFleetIn(
    directory,
    '--scenario',
    'plan.yaml',
    '--rate',
    '20',
    '--api-ratio',
    '7',
    '--seed',
    '5',
  );
  const { seed, rate, timeline } = await fleet.world();
  expect({ seed, rate, ratios: timeline[0].ratios }).toEqual({
    seed: 5,
    rate: 20,
    ratios: { api: 7, auth: 0.3, inventory: 0.3, notification: 0.3, payment: 0.3 },
  });
  await fleet.stop();
});

describe('npm run scenario', () => {
  test('lists those of the package', async () => {
    const { status, stdout } = await command(temporaryDirectory(), 'scenario', 'list');
    expect(status).toBe(0);
    for (const name of scenarioNames()) expect(stdout).toMatch(new RegExp(`^${name} `, 'm'));
  });

  test.each(scenarioNames())('tells what %s will do', async (name) => {
    const { status, stdout } = await command(temporaryDirectory(), 'scenario', 'check', name, '--from', '2026-11-06');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^FROM +TO +WHAT/m);
    expect(stdout).toContain('2026-11-06T');
  });

  test.each([
    { args: ['scenario'], says: /no action given; use list or check/ },
    { args: ['scenario', 'show'], says: /"show": no such action; use list or check/ },
    { args: ['scenario', 'check'], says: /check: needs a name or a file/ },
    { args: ['scenario', 'check', 'nothing'], says: /"nothing": no such file; use a path or one of bad-release/ },
    { args: ['scenario', 'check', 'bad.yaml'], says: /--scenario bad\.yaml:3:5: steps\[0\]\.at: nothing is invalid/ },
    {
      args: ['start', '--scenario', 'bad.yaml'],
      says: /--scenario bad\.yaml:3:5: steps\[0\]\.at: nothing is invalid/,
    },
    { args: ['backfill', '--scenario', 'bad.yaml', '--from', '-1h', '--output', 'x.log'], says: /bad\.yaml:3:5/ },
  ])('$args is refused in one line', async ({ args, says }) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'bad.yaml'), 'title: x\nsteps:\n  - { kill: api }\nlasts: 1m\n');
    expectOneLine(await command(directory, ...args), 2, says);
  });
});
