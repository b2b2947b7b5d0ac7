/** Faults that take seconds to be noticed or to pass: these tests run concurrently. */

import { describe, expect, test } from 'vitest';
import { runFixtures, steady } from '../tools/fleet-of-fixtures.ts';
import { isRunning, program } from '../tools/programs.ts';

describe.concurrent('a fleet in trouble', () => {
  describe('a command', () => {
    test('stop of a process that was stopped by SIGSTOP ends it', async (context) => {
      const { commands, status } = await runFixtures(context, ...steady);
      process.kill(status('api').pid as number, 'SIGSTOP');
      expect(await commands.run('api', 'stop')).toMatchObject({ state: 'stopped' });
    });
  });

  test('a process that dies before it has a world leaves a gap', async (context) => {
    const { fleet, sink } = await runFixtures(
      context,
      program('api', 'crashes-at-once'),
      program('auth', 'writes-steadily'),
    );
    await sink.line('api died');
    const [gap] = fleet.world.gaps ?? [];
    expect(gap).toMatchObject({ service: 'api', from: fleet.world.timeline[0].at, writtenAtStart: 0 });
    expect(gap?.to).toBeGreaterThan(Date.now());
  });

  describe('a process that does not answer', () => {
    test('because it was stopped is noticed, killed and replaced', async (context) => {
      const { sink, status } = await runFixtures(context, ...steady);
      const { pid } = status('api');
      process.kill(pid as number, 'SIGSTOP');
      await sink.line(`[WARNING] [Supervisor]: api does not answer, pid ${pid}`);
      expect(status('api').state).toBe('unresponsive');
      await sink.line('[WARNING] [Supervisor]: api died, signal SIGKILL');
      await expect.poll(() => status('api').state, { timeout: 10_000 }).toBe('up');
      expect(status('api').pid).not.toBe(pid);
    });

    test('for a while is up again when it answers', async (context) => {
      const { sink, status } = await runFixtures(context, ...steady);
      const { pid } = status('api');
      process.kill(pid as number, 'SIGSTOP');
      await sink.line('api does not answer');
      process.kill(pid as number, 'SIGCONT');
      await expect.poll(() => status('api').state, { timeout: 10_000 }).toBe('up');
      expect(status('api')).toMatchObject({ pid, restarts: 0 });
    });

    test('because it is still loading does not delay a change of ratios', async (context) => {
      const { sink, changeRatios } = await runFixtures(
        context,
        program('api', 'never-becomes-ready'),
        program('auth', 'writes-steadily'),
      );
      expect(await changeRatios({ auth: 6 })).toEqual({ api: 2, auth: 6 });
      const seen = sink.lines.length;
      await sink.line('[AuthService]: ratio=6', seen);
    });

    test('because it loops does not prevent a change of ratios', async (context) => {
      const { sink, changeRatios } = await runFixtures(
        context,
        program('api', 'stops-reading-messages'),
        program('auth', 'writes-steadily'),
      );
      await changeRatios({ auth: 6 });
      const seen = sink.lines.length;
      await sink.line('[AuthService]: ratio=6', seen);
    });

    test('to a change is named after ten seconds', async (context) => {
      const { changeRatios } = await runFixtures(
        context,
        program('api', 'never-acknowledges'),
        program('auth', 'writes-steadily'),
      );
      await expect(changeRatios({ auth: 6 })).rejects.toMatchObject({
        code: 'no-answer',
        message: 'api did not confirm within 10 s; look at: npm run services',
      });
    });
  });

  describe('a service that dies at once, over and over', () => {
    test('is given up with the end of its stderr, while the fleet answers', async (context) => {
      const { sink, status, commands, changeRatios } = await runFixtures(
        context,
        program('api', 'crashes-at-once'),
        program('auth', 'writes-steadily'),
      );
      await sink.line('[WARNING] [Supervisor]: api died before it was ready, exit code 1: ');
      expect(await changeRatios({ auth: 4, api: 1 })).toEqual({ api: 1, auth: 4 });
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

  describe('the shutdown of the fleet', () => {
    test('takes five seconds for a process that ignores it, and no time for the others', async (context) => {
      const { fleet, sink, status } = await runFixtures(
        context,
        program('api', 'ignores-stop-requests'),
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
      const { fleet, commands } = await runFixtures(
        context,
        program('api', 'never-becomes-ready'),
        program('auth', 'crashes-at-once'),
        program('cart', 'writes-steadily'),
      );
      await commands.run('cart', 'stop');
      await fleet.stop();
      await expect(commands.run('cart', 'start')).rejects.toMatchObject({ code: 'conflict' });
    });

    test('by force kills at once', async (context) => {
      const { fleet } = await runFixtures(context, program('api', 'ignores-stop-requests'));
      const start = performance.now();
      const stopped = fleet.stop();
      fleet.kill();
      await stopped;
      expect(performance.now() - start).toBeLessThan(3_000);
    });
  });
});
