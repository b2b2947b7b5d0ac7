import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RatiosAnswer } from '../../shared/control-api.ts';
import type { Mark, ScenariosAnswer, SecondOfCounts } from '../../shared/page-api.ts';
import { expectOneLine } from '../tools/expect-one-line.ts';
import { linkIn, PageClient, type PageStream } from '../tools/page-client.ts';
import { CLI, command } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';
import { launch, type RunningFleet, startFleet } from './fleet.ts';

async function pageOf(fleet: RunningFleet): Promise<PageClient> {
  await expect.poll(() => linkIn(fleet.stderr)).toBeDefined();
  return new PageClient(linkIn(fleet.stderr) as string);
}

/** All lines from the first one shown on must be shown, in order, or counted as skipped, as on a slow machine. */
function expectLinesOf({ events }: PageStream, lines: readonly string[]): void {
  const shown = events.flatMap(({ data }) => data.lines as string[]);
  const skipped = events.reduce((sum, { data }) => sum + data.skipped, 0);
  expect(shown.length).toBeGreaterThan(10);
  const from = lines.indexOf(shown[0] as string);
  expect(shown.length + skipped).toBe(lines.length - from);
  let at = from;
  for (const line of shown) {
    at = lines.indexOf(line, at) + 1;
    expect(at, line).toBeGreaterThan(0);
  }
}

describe('the page of a fleet', () => {
  test('shows what is done by commands, what dies, and the end; nobody learns its token', async () => {
    const fleet = await startFleet('--page', '0', '--rate', '100');
    const page = await pageOf(fleet);
    const events = await page.stream('v1/events');
    const { state, marks, fleet: info } = await events.event('snapshot');
    expect(info).toMatchObject({
      pid: fleet.pid,
      rate: 100,
      seed: 1,
      traffic: 'bursty',
      isBlind: false,
      scenario: null,
    });
    expect(state.ratios.api).toBe(2);
    expect(marks.map(({ text }: Mark) => text).join('\n')).toContain('Fleet starts, pid ');

    const { status } = await fleet.command('ratios', '--api', '8');
    expect(status).toBe(0);
    await events.event('state', ({ ratios }) => ratios.api === 8);
    await events.event('mark', ({ text }) => /^Ratios changed from .* on: api 2 -> 8$/.test(text));

    const shown = await fleet.command('services');
    expect(shown.stdout).toContain(`\nControl page: ${page.address}#token=${page.token}\n`);
    const { pid } = await fleet.service('auth');
    process.kill(pid as number, 'SIGKILL');
    await events.event(
      'mark',
      ({ level, text }) => level === 'WARNING' && text.startsWith('auth died, signal SIGKILL'),
    );
    await events.event('state', ({ services }) => services[1].restarts === 1 && services[1].state === 'up');

    const stopped = fleet.stop();
    expect(await events.event('end')).toEqual({ reason: 'asked by the control API' });
    expect(await stopped).toBe(0);
    await events.ended;
    await events.event('mark', ({ text }) => text === 'Fleet stopped');
    expect(events.events.at(-1)?.type).toBe('end');
    expect(readFileSync(fleet.logFile, 'utf8')).not.toContain(page.token);
    expect(fleet.stdout).not.toContain(page.token);
    expect(fleet.stderr.match(new RegExp(page.token, 'g'))).toHaveLength(1);
  });

  test('counts every line, and its tail has those of the log file', async () => {
    const fleet = await startFleet('--page', '0', '--rate', '200', '--traffic', 'steady');
    const page = await pageOf(fleet);
    const tail = await page.stream('v1/tail?past=1000');
    const errors = await page.stream('v1/tail?levels=ERROR&services=api,payment&past=1000');
    await fleet.showsLines(400);
    const { history } = await (await page.stream('v1/events')).event('snapshot');
    const first = fleet.lines().find(({ service }) => service === 'ApiService');
    const story = await page.stream(`v1/tail?text=${/req_\w+/.exec(first?.message ?? '')?.[0]}&past=1000`);
    const { lines: storyLines } = await story.event('lines');
    await fleet.stop();
    await Promise.all([tail.ended, errors.ended]);

    const log = readFileSync(fleet.logFile, 'utf8').trimEnd().split('\n');
    expectLinesOf(tail, log);
    const isShown = (line: string) => /\[ERROR\] \[(Api|Payment)Service\]/.test(line);
    expectLinesOf(errors, log.filter(isShown));
    const id = /req_\w+/.exec(first?.message ?? '')?.[0] as string;
    expect(storyLines.length).toBeGreaterThan(0);
    expect(log.filter((line) => line.includes(id)).slice(0, storyLines.length)).toEqual(storyLines);

    // Of whole seconds that were over when the snapshot was taken.
    const seconds = (history as readonly SecondOfCounts[]).slice(0, -2);
    expect(seconds.length).toBeGreaterThan(0);
    for (const { at, counts } of seconds) {
      const own = log.filter(
        (line) => line.startsWith(new Date(at).toISOString().slice(0, 19)) && !line.includes('[Supervisor]'),
      );
      const sum = Object.values(counts).flatMap((three) => [...three]);
      expect(sum.reduce((a, b) => a + b, 0)).toBe(own.length);
      const ofApi = own.filter((line) => line.includes('[ApiService]'));
      expect(counts.api?.[2] ?? 0).toBe(ofApi.filter((line) => line.includes('[ERROR]')).length);
    }
  });

  test('changes the fleet by the same routes as the commands', async () => {
    const fleet = await startFleet('--page', '0');
    const page = await pageOf(fleet);
    expect(await page.ask<RatiosAnswer>('PATCH', '/v1/ratios', { payment: 7.5 })).toMatchObject({
      ratios: { payment: 7.5 },
    });
    await fleet.showsLines(1, 'PaymentService');
    const { pid } = await fleet.service('payment');
    await page.ask('POST', '/v1/services/payment/kill');
    expect((await fleet.service('payment')).pid).not.toBe(pid);
    expect(await page.ask('POST', '/v1/shutdown')).toEqual({ pid: fleet.pid, missingLines: 0 });
    expect(await fleet.exited).toBe(0);
  });

  test('shows in a blind fleet what the log does not tell', async () => {
    const fleet = await startFleet('--page', '0', '--blind');
    const events = await (await pageOf(fleet)).stream('v1/events');
    await fleet.command('ratios', '--api', '8');
    await events.event('mark', ({ text }) => text.startsWith('Ratios changed'));
    expect((await events.event('snapshot')).fleet.isBlind).toBe(true);
    await fleet.stop();
    expect(readFileSync(fleet.logFile, 'utf8')).not.toContain('Ratios changed');
  });

  test('shows the history that a fleet starts with, and its scenario', async () => {
    const fleet = await startFleet('--page', '0', '--backfill', '1h', '--scenario', 'checkout-outage', '--rate', '20');
    const page = await pageOf(fleet);
    const { history, fleet: info } = await (await page.stream('v1/events')).event('snapshot');
    expect(info.scenario).toBe('checkout-outage');
    expect(history.length).toBeGreaterThan(880);
    const { running, available } = await page.ask<ScenariosAnswer>('GET', '/v1/scenarios');
    expect(running?.title).toBe('Checkout breaks because a payment provider is down');
    const begin = Date.now() - 3_600_000;
    expect(running?.steps.length).toBeGreaterThan(3);
    for (const { at } of running?.steps ?? []) expect(at).toBeGreaterThan(begin - 60_000);
    expect(available.map(({ name }) => name)).toContain('exam');
  });
});

describe('a page that cannot be', () => {
  test('on a port in use: nothing is started, and the log file stays', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await expect.poll(() => other.address()).not.toBeNull();
    const { port } = other.address() as AddressInfo;
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'app.log'), 'a line\n');
    const result = await command(directory, 'start', '--page', String(port), '--fresh');
    expectOneLine(
      result,
      2,
      new RegExp(`^--page: port ${port} is in use; use another one, or 0 for any that is free\\n$`),
    );
    expect(readFileSync(join(directory, 'app.log'), 'utf8')).toBe('a line\n');
  });

  test.each([
    [
      ['--page', '70000'],
      /^--page: "70000" is invalid; use a whole number from 0 to 65535, for example --page 7070\n$/,
    ],
    [['--page', 'on'], /^--page: "on" is invalid; /],
    [['--page='], /^--page: needs a value, for example --page 7070\n$/],
    [['--page', '--page'], /^--page: given twice; /],
    [
      ['--page', '--page-host', 'localhost'],
      /^--page-host: "localhost" is invalid; use an IP address of this machine, /,
    ],
    [['--page-host', '0.0.0.0'], /^--page-host: needs --page; /],
    [['--page', '0', '--page-host', '192.0.2.1'], /^--page-host: 192\.0\.2\.1 is no address of this machine; /],
  ] as const)('%j', async (args, message) => {
    const directory = temporaryDirectory();
    expectOneLine(await command(directory, 'start', ...args), 2, message);
    expect(existsSync(join(directory, 'app.log'))).toBe(false);
  });
});

test('the next fleet gets the port of the one before, while a browser still holds a stream', async () => {
  const first = await startFleet('--page', '0');
  const page = await pageOf(first);
  const events = await page.stream('v1/events');
  const stopped = first.stop();
  await events.event('end');
  await stopped;
  const second = await startFleet('--page', new URL(page.address).port);
  const next = await pageOf(second);
  expect(next.address).toBe(page.address);
  expect(next.token).not.toBe(page.token);
  const answer = await next.send('/v1/ratios', { headers: page.authorization });
  expect(answer.status).toBe(401);
});

test('a stderr that nobody reads does not end the fleet', async () => {
  const directory = temporaryDirectory();
  const script = 'mkfifo stderr; : < stderr & exec "$0" "$@" 2> stderr';
  const commandLine = ['sh', '-c', script, process.execPath, CLI, 'start', '--page', '0'];
  const fleet = await launch({ commandLine, directory });
  // Loaded only after the services: by then the link has been printed, into nothing.
  await fleet.showsLines(20);
  expect(await fleet.stop()).toBe(0);
});
