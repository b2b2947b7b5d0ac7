import { setTimeout as delay } from 'node:timers/promises';
import { runCommand } from '../tools/spawn-cli.ts';
import type { FleetInStorm } from './fleet-under-test.ts';
import { DEAFENING } from './long-records.ts';

/** Sooner a second Ctrl-C would be taken for an echo of the first. In ms. */
const ECHO = 400;

/** How long a process may take to heed a signal, in ms. */
const HEEDED = 1_000;

/** Exit status, or the signal that ended it. */
export type EndStatus = number | NodeJS.Signals;

/** One way in which a fleet ends. */
export interface End {
  readonly name: string;
  readonly bring: (fleet: FleetInStorm) => unknown;
  readonly status: EndStatus;
  /** What the log says of it; undefined where there is no time to say or write anything. */
  readonly said: string | undefined;
}

const SIGKILL: End = {
  name: 'SIGKILL of the supervisor',
  bring: (fleet) => fleet.signal('SIGKILL'),
  status: 'SIGKILL',
  said: undefined,
};

export const STOP: End = {
  name: 'npm stop',
  bring: async ({ logFile, problems }) => {
    const { status, output } = await runCommand('stop', '--log-file', logFile);
    if (status !== 0) problems.push(`npm stop: status ${status}: ${output}`);
  },
  status: 0,
  said: 'asked by the control API',
};

/** The runs end in these ways in turn. */
export const ENDS: readonly End[] = [
  SIGKILL,
  { name: 'Ctrl-C', bring: (fleet) => fleet.signalAll('SIGINT'), status: 0, said: 'SIGINT' },
  {
    name: 'reader of the console gone',
    bring: (fleet) => fleet.closeConsole(),
    status: 0,
    said: 'the console is gone',
  },
  {
    name: 'Ctrl-C twice',
    bring: async (fleet) => {
      const services = await fleet.services();
      const deaf = services.at(-1)?.pid;
      if (deaf) process.kill(deaf, DEAFENING);
      await delay(HEEDED);
      fleet.signalAll('SIGINT');
      await delay(ECHO);
      fleet.signalAll('SIGINT');
    },
    status: 130,
    said: 'SIGINT',
  },
  STOP,
  { name: 'SIGTERM', bring: (fleet) => fleet.signal('SIGTERM'), status: 0, said: 'SIGTERM' },
];
