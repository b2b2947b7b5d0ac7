import { describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import type { ServiceProgram } from '../../shared/service-program.ts';
import { Fleet } from '../../supervisor/fleet.ts';
import { Log } from '../../supervisor/log/log.ts';
import { ServiceCommands } from '../../supervisor/service-commands.ts';
import { CollectingSink } from '../tools/collecting-sink.ts';
import { isRunning, program } from '../tools/programs.ts';

type Finisher = Pick<TestContext, 'onTestFinished'>;

const run = (...services: readonly ServiceProgram[]) => runIn({ onTestFinished }, ...services);

/** Tests that run at the same time have each their own way to finish. */
async function runIn({ onTestFinished }: Finisher, ...services: readonly ServiceProgram[]) {
  const sink = new CollectingSink();
  const log = new Log([sink]);
  const ratios = Object.fromEntries(services.map(({ name }) => [name, 2]));
  const fleet = new Fleet({ services, ratios, rate: 10, seed: 1 }, log, async () => {});
  const pids = new Set<number>();
  const status = (name: string) => {
    const found = fleet.statusOf(fleet.service(name));
    if (found.pid !== null) pids.add(found.pid);
    return found;
  };
  fleet.start();
  for (const { name } of services) status(name);
  onTestFinished(async () => {
    await fleet.stop();
    for (const { name } of services) expect(status(name).state).toBe('stopped');
    for (const pid of pids) expect(isRunning(pid), `pid ${pid} is left over`).toBe(false);
  });
  await fleet.settled();
  return { fleet, sink, status, commands: new ServiceCommands(fleet, log) };
}

const steady = [program('api', 'writes-steadily'), program('auth', 'writes-steadily')];
const two = () => run(...steady);

const linesOf = (sink: CollectingSink, name: string, from = 0) => {
  return sink.lines.slice(from).filter((line) => line.includes(`[${name}Service]`));
};

const downs = (fleet: Fleet) => fleet.world.timeline.map(({ down }) => down.join());

describe('ratios', () => {
  test('once changed, no line follows the old ones', async () => {
    const { fleet, sink } = await two();
    for (let change = 0; change < 20; change++) {
      const api = change / 10;
      expect(await fleet.changeRatios({ api })).toEqual({ api, auth: 2 });
      expect(fleet.ratios).toEqual({ api, auth: 2 });
      const seen = sink.lines.length;
      await sink.line(`[ApiService]: ratio=${api}`, seen);
      for (const line of linesOf(sink, 'Api', seen)) expect(line.endsWith(`ratio=${api}`)).toBe(true);
    }
    for (const line of linesOf(sink, 'Auth')) expect(line.endsWith('ratio=2')).toBe(true);
  });

  test('changed at the same time all hold in the end', async () => {
    const { fleet, sink } = await two();
    await Promise.all(
      Array.from({ length: 50 }, (_, change) => fleet.changeRatios(change % 2 ? { api: 3 } : { auth: 4 })),
    );
    const seen = sink.lines.length;
    await sink.line('[ApiService]: ratio=3', seen);
    await sink.line('[AuthService]: ratio=4', seen);
    expect(fleet.world.timeline.length).toBeLessThan(10);
  });

  test.each([
    { changes: { api: 3, auth: 11 }, code: 'bad-ratio' },
    { changes: { api: 3, shiping: 1 }, code: 'unknown-service' },
  ])('$changes change nothing: $code', async ({ changes, code }) => {
    const { fleet } = await two();
    await expect(fleet.changeRatios(changes)).rejects.toMatchObject({ code });
    expect(fleet.ratios).toEqual({ api: 2, auth: 2 });
    expect(fleet.world.timeline).toHaveLength(1);
  });

  test('changed while the services load hold from their first line on', async () => {
    const services = [program('api', 'writes-steadily'), program('auth', 'writes-steadily')];
    const sink = new CollectingSink();
    const fleet = new Fleet(
      { services, ratios: { api: 2, auth: 2 }, rate: 10, seed: 1 },
      new Log([sink]),
      async () => {},
    );
    onTestFinished(() => fleet.stop());
    fleet.start();
    await fleet.changeRatios({ api: 7 });
    expect(linesOf(sink, 'Api').every((line) => line.endsWith('ratio=7'))).toBe(true);
    await sink.line('[ApiService]: ratio=7');
    await sink.line('[AuthService]: ratio=2');
  });

  test('are told what bad share was seen since', async () => {
    const { fleet, sink, status } = await two();
    await sink.line('[ApiService]: ratio=2');
    await fleet.changeRatios({ api: 5 });
    await sink.line('[ApiService]: ratio=5');
    const { lines, linesSinceChange, badSinceChange, ratio } = status('api');
    expect(ratio).toBe(5);
    expect(linesSinceChange).toBeLessThan(lines);
    expect(badSinceChange).toBe(0);
  });
});

describe('a service that is killed from outside', () => {
  test.each(['SIGKILL', 'SIGSEGV', 'SIGTERM'] as const)(
    'by %s is down and then back, the others go on',
    async (signal) => {
      const { fleet, sink, status } = await two();
      await fleet.changeRatios({ api: 9 });
      const { pid } = status('api');
      process.kill(pid as number, signal);
      const died = signal === 'SIGTERM' ? 'exit code 0' : `signal ${signal}`;
      await sink.line(`[WARNING] [Supervisor]: api died, ${died}, after`);
      await expect.poll(() => status('api').state, { timeout: 10_000 }).toBe('up');
      const seen = sink.lines.length;
      await sink.line('[ApiService]: ratio=9', seen);
      expect(status('api')).toMatchObject({ restarts: 1, lastExit: died, ratio: 9 });
      expect(status('auth')).toMatchObject({ restarts: 0, lastExit: null });
      expect(downs(fleet)).toEqual(['', '', 'api', '']);
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
    expect(downs(fleet)).toEqual(['', 'api']);
    expect(status('api').state).toBe('stopped');
  });

  test('start: it is back with the ratio that was set meanwhile', async () => {
    const { fleet, sink, commands } = await two();
    await commands.run('api', 'stop');
    await fleet.changeRatios({ api: 8 });
    const seen = sink.lines.length;
    expect(await commands.run('api', 'start')).toMatchObject({ state: 'up', ratio: 8 });
    await sink.line('[ApiService]: ratio=8', seen);
    expect(downs(fleet)).toEqual(['', 'api', 'api', '']);
  });

  test.each(['restart', 'kill'] as const)('%s: another process, one restart, no failure', async (action) => {
    const { fleet, commands, status } = await two();
    const { pid } = status('api');
    const after = await commands.run('api', action);
    expect(after).toMatchObject({ state: 'up', restarts: 1, lastExit: null });
    expect(after.pid).not.toBe(pid);
    expect(isRunning(pid as number)).toBe(false);
    expect(downs(fleet)).toEqual(['', 'api', '']);
  });

  test.each(['stop', 'restart', 'kill', 'start'] as const)('%s of a service that is not there', async (action) => {
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

  test('for one service are done one after the other', async () => {
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

describe.concurrent('what takes seconds', () => {
  describe('a command', () => {
    test('stop of a process that was stopped by SIGSTOP ends it', async (context) => {
      const { commands, status } = await runIn(context, ...steady);
      process.kill(status('api').pid as number, 'SIGSTOP');
      expect(await commands.run('api', 'stop')).toMatchObject({ state: 'stopped' });
    });
  });

  describe('a process that does not answer', () => {
    test('because it was stopped is noticed, killed and replaced', async (context) => {
      const { sink, status } = await runIn(context, ...steady);
      const { pid } = status('api');
      process.kill(pid as number, 'SIGSTOP');
      await sink.line(`[WARNING] [Supervisor]: api does not answer, pid ${pid}`);
      expect(status('api').state).toBe('unresponsive');
      await sink.line('[WARNING] [Supervisor]: api died, signal SIGKILL');
      await expect.poll(() => status('api').state, { timeout: 10_000 }).toBe('up');
      expect(status('api').pid).not.toBe(pid);
    });

    test('for a while is up again when it answers', async (context) => {
      const { sink, status } = await runIn(context, ...steady);
      const { pid } = status('api');
      process.kill(pid as number, 'SIGSTOP');
      await sink.line('api does not answer');
      process.kill(pid as number, 'SIGCONT');
      await expect.poll(() => status('api').state, { timeout: 10_000 }).toBe('up');
      expect(status('api')).toMatchObject({ pid, restarts: 0 });
    });

    test('because it loops does not keep a ratio from changing', async (context) => {
      const { fleet, sink } = await runIn(
        context,
        program('api', 'never-reads-its-messages-again'),
        program('auth', 'writes-steadily'),
      );
      await fleet.changeRatios({ auth: 6 });
      const seen = sink.lines.length;
      await sink.line('[AuthService]: ratio=6', seen);
    });

    test('to a change is named after ten seconds', async (context) => {
      const { fleet } = await runIn(context, program('api', 'never-confirms'), program('auth', 'writes-steadily'));
      await expect(fleet.changeRatios({ auth: 6 })).rejects.toMatchObject({
        code: 'no-answer',
        message: 'api did not confirm within 10 s; look at: npm run services',
      });
    });
  });

  describe('a service that dies at once, over and over', () => {
    test('is given up with its last words, while the fleet answers', async (context) => {
      const { fleet, sink, status, commands } = await runIn(
        context,
        program('api', 'dies-at-once'),
        program('auth', 'writes-steadily'),
      );
      await sink.line('[WARNING] [Supervisor]: api died before it was ready, exit code 1: ');
      expect(await fleet.changeRatios({ auth: 4, api: 1 })).toEqual({ api: 1, auth: 4 });
      const last = await sink.line('[ERROR] [Supervisor]: api died');
      expect(last).toContain('Error: no such database; it failed too often and stays down');
      expect(last).toContain('npm run services -- restart api');
      expect(status('api')).toMatchObject({ state: 'failed', lastExit: 'exit code 1', restarts: 5, pid: null });
      await expect(commands.run('api', 'restart')).rejects.toMatchObject({ code: 'no-answer' });
      expect(status('api').state).toBe('backing-off');
      expect(status('api').nextTryAt).toBeGreaterThan(Date.now() - 1_000);
      expect(await commands.run('api', 'stop')).toMatchObject({ state: 'stopped', nextTryAt: null });
      expect(status('auth')).toMatchObject({ state: 'up', restarts: 0 });
    });
  });

  describe('the end of the fleet', () => {
    test('is not held up by a process that ignores it more than five seconds, and the others not at all', async (context) => {
      const { fleet, sink, status } = await runIn(
        context,
        program('api', 'ignores-every-request-to-stop'),
        program('auth', 'writes-steadily'),
      );
      await sink.line('[AuthService]');
      const { pid } = status('auth');
      const start = performance.now();
      const stopped = fleet.stop();
      await expect.poll(() => isRunning(pid as number), { timeout: 3_000 }).toBe(false);
      await stopped;
      expect(performance.now() - start).toBeGreaterThan(4_900);
      expect(performance.now() - start).toBeLessThan(7_500);
    });

    test('comes while services load, back off and are stopped', async (context) => {
      const { fleet, commands } = await runIn(
        context,
        program('api', 'never-gets-ready'),
        program('auth', 'dies-at-once'),
        program('cart', 'writes-steadily'),
      );
      await commands.run('cart', 'stop');
      await fleet.stop();
      await expect(commands.run('cart', 'start')).rejects.toMatchObject({ code: 'conflict' });
    });

    test('by force kills at once', async (context) => {
      const { fleet } = await runIn(context, program('api', 'ignores-every-request-to-stop'));
      const start = performance.now();
      const stopped = fleet.stop();
      fleet.kill();
      await stopped;
      expect(performance.now() - start).toBeLessThan(3_000);
    });
  });
});
