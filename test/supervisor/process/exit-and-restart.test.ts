/** Every kind of end. What follows from how many of them, in virtual time: restart-policy.test.ts. */

import { describe, expect, onTestFinished, test } from 'vitest';
import { runFixtures } from '../../tools/fleet-of-fixtures.ts';
import { program } from '../../tools/programs.ts';

const CAUSES = [
  { cause: 'exit-0', told: 'exit code 0' },
  { cause: 'exit-1', told: 'exit code 1' },
  { cause: 'exit-2', told: 'exit code 2' },
  { cause: 'exit-137', told: 'exit code 137' },
  { cause: 'exit-255', told: 'exit code 255' },
  { cause: 'signal-SIGHUP', told: 'signal SIGHUP' },
  { cause: 'signal-SIGINT', told: 'signal SIGINT' },
  { cause: 'signal-SIGTERM', told: 'signal SIGTERM' },
  { cause: 'signal-SIGABRT', told: 'signal SIGABRT' },
  { cause: 'signal-SIGSEGV', told: 'signal SIGSEGV' },
  { cause: 'signal-SIGKILL', told: 'signal SIGKILL' },
  { cause: 'signal-SIGUSR2', told: 'signal SIGUSR2' },
] as const;

describe('a process that ends unasked is restarted, until an operator wants it stopped', () => {
  test.each(CAUSES)('$told', async ({ cause, told }) => {
    const { sink, status, commands } = await runFixtures({ onTestFinished }, program(cause, 'exits-as-its-name-says'));
    await sink.line(`[WARNING] [Supervisor]: ${cause} died, ${told}, after`);
    expect(sink.text).toMatch(new RegExp(`${cause} died, ${told}, after [\\d.]+ s; restarting at once`));
    await sink.line('restarting in 0.');
    expect(status(cause).restarts).toBeGreaterThan(0);
    expect(status(cause).lastExit).toBe(told);
    expect(await commands.run(cause, 'stop')).toMatchObject({ state: 'stopped', pid: null, nextTryAt: null });
    const { restarts } = status(cause);
    const seen = sink.lines.length;
    // Longer than the delay that it was in.
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(sink.lines.slice(seen)).toEqual([]);
    expect(status(cause)).toMatchObject({ state: 'stopped', restarts });
  });
});
