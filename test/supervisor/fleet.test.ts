import { describe, expect, onTestFinished, test } from 'vitest';
import type { ValidRatios } from '../../shared/ratios.ts';
import { Fleet } from '../../supervisor/fleet.ts';
import { Log } from '../../supervisor/log/log.ts';
import { CollectingSink } from '../tools/collecting-sink.ts';
import { runFixtures, steady } from '../tools/fleet-of-fixtures.ts';
import { isRunning, program } from '../tools/programs.ts';

const two = () => runFixtures({ onTestFinished }, ...steady);

const linesOf = (sink: CollectingSink, name: string, from = 0) => {
  return sink.lines.slice(from).filter((line) => line.includes(`[${name}Service]`));
};

const downByEntry = (fleet: Fleet) => fleet.world.timeline.map(({ down }) => down.join());

describe('ratios', () => {
  test('once changed, no line follows the old ones', async () => {
    const { fleet, sink, changeRatios } = await two();
    for (let change = 0; change < 20; change++) {
      const api = change / 10;
      expect(await changeRatios({ api })).toEqual({ api, auth: 2 });
      expect(fleet.ratios).toEqual({ api, auth: 2 });
      const seen = sink.lines.length;
      await sink.line(`[ApiService]: ratio=${api}`, seen);
      for (const line of linesOf(sink, 'Api', seen)) expect(line.endsWith(`ratio=${api}`)).toBe(true);
    }
    for (const line of linesOf(sink, 'Auth')) expect(line.endsWith('ratio=2')).toBe(true);
  });

  test('changed at the same time are all in effect in the end', async () => {
    const { fleet, sink, changeRatios } = await two();
    await Promise.all(Array.from({ length: 50 }, (_, change) => changeRatios(change % 2 ? { api: 3 } : { auth: 4 })));
    const seen = sink.lines.length;
    await sink.line('[ApiService]: ratio=3', seen);
    await sink.line('[AuthService]: ratio=4', seen);
    expect(fleet.world.timeline.length).toBeLessThan(10);
  });

  test('of an unknown service change nothing', async () => {
    const { fleet, changeRatios } = await two();
    await expect(changeRatios({ api: 3, shiping: 1 })).rejects.toMatchObject({ code: 'unknown-service' });
    expect(fleet.ratios).toEqual({ api: 2, auth: 2 });
    expect(fleet.world.timeline).toHaveLength(1);
  });

  test('without a name change nothing and log nothing', async () => {
    const { fleet, sink, changeRatios } = await two();
    await changeRatios({ api: 5 });
    expect(await changeRatios({})).toEqual({ api: 5, auth: 2 });
    expect(fleet.world.timeline).toHaveLength(2);
    expect(sink.lines.filter((line) => line.includes('Ratios changed'))).toHaveLength(1);
  });

  test('that are in effect already may be set again', async () => {
    const { sink, changeRatios } = await two();
    expect(await changeRatios({ api: 2 })).toEqual({ api: 2, auth: 2 });
    await sink.line('api 2 -> 2');
  });

  test('changed while the services load are in effect from their first line on', async () => {
    const services = [program('api', 'writes-steadily'), program('auth', 'writes-steadily')];
    const sink = new CollectingSink();
    const fleet = new Fleet(
      { services, ratios: { api: 2, auth: 2 }, rate: 10, seed: 1 },
      new Log([sink]),
      async () => {},
    );
    onTestFinished(() => fleet.stop());
    fleet.start();
    await fleet.changeRatios({ api: 7 } as Record<string, number> as ValidRatios);
    expect(linesOf(sink, 'Api').every((line) => line.endsWith('ratio=7'))).toBe(true);
    await sink.line('[ApiService]: ratio=7');
    await sink.line('[AuthService]: ratio=2');
  });

  test('come with the lines counted since they changed', async () => {
    const { sink, status, changeRatios } = await two();
    await sink.line('[ApiService]: ratio=2');
    await changeRatios({ api: 5 });
    await sink.line('[ApiService]: ratio=5');
    const { lines, linesSinceChange, badSinceChange, ratio } = status('api');
    expect(ratio).toBe(5);
    expect(linesSinceChange).toBeLessThan(lines);
    expect(badSinceChange).toBe(0);
  });
});

describe('a service that is killed from outside', () => {
  test.each(['SIGKILL', 'SIGSEGV', 'SIGTERM'] as const)(
    'by %s is down and then up again, the others go on',
    async (signal) => {
      const { fleet, sink, status, changeRatios } = await two();
      await changeRatios({ api: 9 });
      const { pid } = status('api');
      process.kill(pid as number, signal);
      const died = signal === 'SIGTERM' ? 'exit code 0' : `signal ${signal}`;
      await sink.line(`[WARNING] [Supervisor]: api died, ${died}, after`);
      await expect.poll(() => status('api').state, { timeout: 10_000 }).toBe('up');
      const seen = sink.lines.length;
      await sink.line('[ApiService]: ratio=9', seen);
      expect(status('api')).toMatchObject({ restarts: 1, lastExit: died, ratio: 9 });
      expect(status('auth')).toMatchObject({ restarts: 0, lastExit: null });
      expect(downByEntry(fleet)).toEqual(['', '', 'api', '']);
    },
  );
});

describe('commands', () => {
  test('stop: it writes nothing more and is not restarted', async () => {
    const { fleet, sink, commands, status } = await two();
    expect(await commands.run('api', 'stop')).toMatchObject({ state: 'stopped', pid: null, lastExit: null });
    const seen = sink.lines.length;
    await sink.line('[AuthService]', seen + 50);
    expect(linesOf(sink, 'Api', seen)).toEqual([]);
    expect(downByEntry(fleet)).toEqual(['', 'api']);
    expect(status('api').state).toBe('stopped');
  });

  test('start: it is up with the ratio that was set meanwhile', async () => {
    const { fleet, sink, commands, changeRatios } = await two();
    await commands.run('api', 'stop');
    await changeRatios({ api: 8 });
    const seen = sink.lines.length;
    expect(await commands.run('api', 'start')).toMatchObject({ state: 'up', ratio: 8 });
    await sink.line('[ApiService]: ratio=8', seen);
    expect(downByEntry(fleet)).toEqual(['', 'api', 'api', '']);
  });

  test.each(['restart', 'kill'] as const)('%s: another process, one restart, no failure', async (action) => {
    const { fleet, commands, status } = await two();
    const { pid } = status('api');
    const after = await commands.run('api', action);
    expect(after).toMatchObject({ state: 'up', restarts: 1, lastExit: null });
    expect(after.pid).not.toBe(pid);
    expect(isRunning(pid as number)).toBe(false);
    expect(downByEntry(fleet)).toEqual(['', 'api', '']);
  });

  test.each(['stop', 'restart', 'kill', 'start'] as const)('%s of an unknown service', async (action) => {
    const { commands } = await two();
    await expect(async () => commands.run('shiping', action)).rejects.toMatchObject({
      code: 'unknown-service',
      message: 'shiping: no such service in this fleet; it has api, auth',
    });
  });

  test.each([
    { before: undefined, action: 'start' },
    { before: 'stop', action: 'stop' },
    { before: 'stop', action: 'kill' },
  ] as const)('$action after $before: conflict', async ({ before, action }) => {
    const { commands } = await two();
    if (before) await commands.run('api', before);
    await expect(commands.run('api', action)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('for one service run one after the other', async () => {
    const { commands, fleet } = await two();
    const [, , after] = await Promise.all([
      commands.run('api', 'stop'),
      commands.run('api', 'start'),
      commands.run('api', 'restart'),
      commands.run('auth', 'restart'),
    ]);
    expect(after).toMatchObject({ state: 'up', restarts: 2 });
    expect(fleet.world.timeline.at(-1)?.down).toEqual([]);
  });
});

test('lines that a service skipped are logged', async () => {
  const { sink } = await runFixtures({ onTestFinished }, program('api', 'drops-seven-lines'));
  const event = await sink.line('[WARNING] [Supervisor]: api skipped');
  expect(event).toContain('skipped 7 lines due from 2025-11-22T13:18:13.438Z to 2025-11-22T13:18:14.438Z');
});

describe('while the console does not keep up', () => {
  test('a service is told to pause when it comes up, and to resume with all others', async () => {
    const { fleet, sink, commands, changeRatios } = await runFixtures(
      { onTestFinished },
      program('api', 'writes-when-paused'),
      program('auth', 'writes-when-paused'),
    );
    fleet.pause(true);
    await sink.line('[ApiService]: paused');
    expect(await commands.run('auth', 'restart')).toMatchObject({ state: 'up' });
    const restarted = sink.lines.length;
    expect(await changeRatios({ api: 9 })).toEqual({ api: 9, auth: 2 });
    fleet.pause(false);
    await sink.line('[ApiService]: goes on');
    await sink.line('[AuthService]: goes on', restarted);
    const messages = linesOf(sink, 'Auth').map((line) => line.split(': ')[1]);
    expect(messages).toEqual(['paused', 'paused', 'goes on']);
  });
});
