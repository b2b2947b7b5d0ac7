/** Every kind of exit. What several of them lead to, in virtual time: restart-policy.test.ts. */

import { describe, expect, onTestFinished, test } from 'vitest';
import { runFixtures } from '../../tools/fleet-of-fixtures.ts';
import { program } from '../../tools/programs.ts';

const CAUSES = [
  { cause: 'exit-0', exit: 'exit code 0' },
  { cause: 'exit-1', exit: 'exit code 1' },
  { cause: 'exit-2', exit: 'exit code 2' },
  { cause: 'exit-137', exit: 'exit code 137' },
  { cause: 'exit-255', exit: 'exit code 255' },
  { cause: 'signal-SIGHUP', exit: 'signal SIGHUP' },
  { cause: 'signal-SIGINT', exit: 'signal SIGINT' },
  { cause: 'signal-SIGTERM', exit: 'signal SIGTERM' },
  { cause: 'signal-SIGABRT', exit: 'signal SIGABRT' },
  { cause: 'signal-SIGSEGV', exit: 'signal SIGSEGV' },
  { cause: 'signal-SIGKILL', exit: 'signal SIGKILL' },
  { cause: 'signal-SIGUSR2', exit: 'signal SIGUSR2' },
] as const;

describe('a process that ends unexpectedly is restarted, until an operator stops it', () => {
  test.each(CAUSES)('$exit', async ({ cause, exit }) => {
    const { sink, status, commands } = await runFixtures({ onTestFinished }, program(cause, 'exits-as-its-name-says'));
    await sink.line(`[WARNING] [Supervisor]: ${cause} died, ${exit}, after`);
    expect(sink.text).toMatch(new RegExp(`${cause} died, ${exit}, after [\\d.]+ s; restarting at once`));
    await sink.line('restarting in 0.');
    expect(status(cause).restarts).toBeGreaterThan(0);
    expect(status(cause).lastExit).toBe(exit);
    expect(await commands.run(cause, 'stop')).toMatchObject({ state: 'stopped', pid: null, nextTryAt: null });
    const { restarts } = status(cause);
    const seen = sink.lines.length;
    // Longer than its delay.
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(sink.lines.slice(seen)).toEqual([]);
    expect(status(cause)).toMatchObject({ state: 'stopped', restarts });
  });
});
