import { describe, expect, test } from 'vitest';
import type { IncidentStatus, IncidentsAnswer } from '../../shared/incident-api.ts';
import { expectOneLine } from '../tools/expect-one-line.ts';
import { type RunningFleet, startFleet } from './fleet.ts';

const incidentsOf = async (fleet: RunningFleet): Promise<readonly IncidentStatus[]> => {
  const { status, stdout } = await fleet.command('incident', '--json');
  expect(status).toBe(0);
  return (JSON.parse(stdout) as IncidentsAnswer).incidents;
};
const ratiosOf = async (fleet: RunningFleet) => {
  return JSON.parse((await fleet.command('ratios', '--json')).stdout) as Record<string, unknown>;
};
const events = (fleet: RunningFleet) => {
  const lines = fleet.lines().filter(({ service }) => service === 'Supervisor');
  return lines.map(({ level, message }) => `${level} ${message}`).filter((event) => /incident|ratio/i.test(event));
};

/** Over a calm base, and with a plateau as soon as ten seconds of onset have passed. */
const CALM = ['--payment-ratio', '0.3', '--api-ratio', '0.3'];
const START = ['incident', 'start', 'payment-provider-down', '--for', '20s', '--at-once'] as const;

describe('an incident', () => {
  test('is started, followed, overruled by hand, and stopped', async () => {
    const fleet = await startFleet(...CALM);
    expect((await fleet.command('incident')).stdout).toMatch(/^No incident is going on; /);

    const started = await fleet.command(...START, '--target', 'stripe');
    expect(started).toMatchObject({ status: 0, stderr: '' });
    expect(started.stdout).toMatch(/^payment-provider-down-1: payment provider stripe answers nothing$/m);
    expect(started.stdout).toMatch(/^plateau +\d\d:\d\d:\d\d +\d\d:\d\d:\d\d +0\.\d+ +[12]\.\d+$/m);
    expect(started.stdout).not.toContain('precursor');

    const now = async () => (await incidentsOf(fleet))[0] as IncidentStatus;
    await expect.poll(now, { timeout: 30_000, interval: 300 }).toMatchObject({ state: 'plateau' });
    const [moved] = (await now()).ratios.filter(({ service }) => service === 'payment');
    expect(moved?.inEffect).toBeGreaterThan(1);
    expect(await fleet.service('payment')).toMatchObject({ ratio: moved?.inEffect });
    expect(await ratiosOf(fleet)).toMatchObject({ payment: 0.3, inEffect: { payment: moved?.inEffect, auth: 2 } });
    expect((await fleet.command('ratios')).stdout).toMatch(/^SERVICE +RATIO +BAD LINES +SET TO$/m);

    await fleet.command('ratios', '--payment', '9');
    expect(await ratiosOf(fleet)).toMatchObject({ payment: 9, inEffect: { payment: 9 } });
    expect((await fleet.command('incident')).stdout).toContain('payment 9 (set by hand)');

    const stopped = await fleet.command('incident', 'stop', 'payment-provider-down-1', '--at-once');
    expect(stopped).toMatchObject({ status: 0, stderr: '', stdout: 'payment-provider-down-1 is over\n' });
    expect(await now()).toMatchObject({ state: 'over', nextChangeAt: null });
    expect(await ratiosOf(fleet)).toEqual({ api: 0.3, auth: 2, inventory: 2, notification: 2, payment: 9 });
    expect(events(fleet)).toEqual([
      'INFO Incident payment-provider-down-1 starts (payment-provider-down)',
      expect.stringMatching(/^INFO Ratios changed from \S+ on: payment 0\.3 -> 9$/),
      'INFO Incident payment-provider-down-1 is stopped at once (payment-provider-down)',
    ]);
    await fleet.stop();
  });

  test('goes on when its root is killed and restarted, and gives the ratios back', async () => {
    const fleet = await startFleet(...CALM);
    await fleet.command('incident', 'start', 'payment-provider-down', '--for', '1h', '--at-once');
    const state = async () => (await incidentsOf(fleet))[0]?.ratios.find(({ service }) => service === 'payment');
    const { pid } = await fleet.service('payment');
    process.kill(pid as number, 'SIGKILL');
    await fleet.showsServicesUp(6);
    await expect.poll(async () => (await state())?.inEffect, { timeout: 40_000, interval: 300 }).toBeGreaterThan(0.5);
    const restarted = await fleet.service('payment');
    expect(restarted.pid).not.toBe(pid);
    expect(restarted.ratio).toBeGreaterThan(0.3);
    await fleet.command('incident', 'stop', '--all', '--at-once');
    expect(await ratiosOf(fleet)).toEqual({ api: 0.3, auth: 2, inventory: 2, notification: 2, payment: 0.3 });
    expect(await fleet.service('payment')).toMatchObject({ state: 'up', ratio: 0.3 });
    await fleet.stop();
  });

  test('of several, all are stopped', async () => {
    const fleet = await startFleet();
    await fleet.command('incident', 'start', 'replica-lag');
    await fleet.command('incident', 'start', 'service-down', '--target', 'auth', '--id', 'auth-outage');
    expect(await fleet.command('incident', 'stop', '--all', '--at-once')).toMatchObject({
      status: 0,
      stdout: 'replica-lag-1 is over\nauth-outage is over\n',
    });
    expect((await incidentsOf(fleet)).map(({ state }) => state)).toEqual(['over', 'over']);
    expect(await fleet.command('incident', 'stop', '--all')).toMatchObject({
      status: 0,
      stdout: 'No incident is going on that could be stopped\n',
    });
    await fleet.stop();
  });

  test('is part of the recorded world', async () => {
    const fleet = await startFleet();
    await fleet.command('incident', 'start', 'quiet', '--id', 'evening', '--for', '10m', '--no-red-herrings');
    const [first, second] = (await fleet.world()).timeline;
    expect(first.incidents).toBeUndefined();
    expect(second?.incidents).toMatchObject([
      { id: 'evening', from: second?.at, redHerrings: [], startedBy: 'operator' },
    ]);
    await fleet.stop();
  });
});

test('what is wrong is refused in one line, and nothing changes', async () => {
  const fleet = await startFleet();
  await fleet.command('incident', 'start', 'quiet', '--id', 'evening');
  const before = await fleet.world();
  const rows = [
    [['start', 'payment-provider-dwn'], 2, /^"payment-provider-dwn": no such incident type; did you mean payment-pr/],
    [['start', 'replica-lag', '--target', 'pc-1'], 2, /^target "pc-1": no such target of replica-lag; use inv-r1, /],
    [['start', 'quiet', '--target', 'api'], 2, /^target "api": no such target of quiet; it has none to choose from/],
    [['start', 'quiet', '--for', '9s'], 2, /^--for: "9s" is invalid; use 10s to 7d, for example --for 10m$/m],
    [['start', 'quiet', '--severity', '0'], 2, /^--severity: "0" is invalid; use a number from 0\.1 to 1, /],
    [['start', 'quiet', '--id', 'evening'], 1, /^evening: is the id of another incident of this run; use a new one/],
    [['stop', 'morning'], 2, /^morning: no such incident; this fleet has evening$/m],
    [['stop', 'evening', '--for', '10m'], 2, /^--for: only with start; leave it out$/m],
    [['show', 'quite'], 2, /^"quite": no such incident type; did you mean quiet\? All are listed by: npm run incident/],
  ] as const;
  for (const [args, status, message] of rows) {
    expectOneLine(await fleet.command('incident', ...args), status, message);
  }
  expect((await fleet.world()).timeline).toEqual(before.timeline);
  await fleet.stop();
});

test('--blind: the log tells nothing of it, the commands do', async () => {
  const fleet = await startFleet('--blind');
  expect((await fleet.command(...START)).stdout).toMatch(/^payment-provider-down-1: /);
  expect(await fleet.command('ratios', '--api', '5')).toMatchObject({ status: 0 });
  expect(await fleet.command('services', 'kill', 'auth')).toMatchObject({ status: 0 });
  expect(await fleet.command('incident', 'stop', '--all')).toMatchObject({ status: 0 });
  const { pid } = await fleet.service('inventory');
  process.kill(pid as number, 'SIGKILL');
  await fleet.showsServicesUp(6);
  await fleet.stop();
  const told = fleet.lines().filter(({ service }) => service === 'Supervisor');
  // A busy machine makes services skip lines, which is told too.
  const messages = told
    .map(({ message }) => message.split(/[,:]/)[0] ?? '')
    .filter((event) => !/ skipped /.test(event));
  expect(messages).toEqual([
    'Fleet starts',
    ...Array.from({ length: 5 }, () => expect.stringMatching(/^\w+ is up$/)),
    'inventory died',
    'inventory is up',
    'Fleet stops',
    'Fleet stopped',
  ]);
});
