import { setTimeout as delay } from 'node:timers/promises';
import { spawnCli } from '../tools/spawn-cli.ts';
import type { FleetUnderTest } from './fleet-under-test.ts';
import { IGNORE_STOP_SIGNAL } from './long-records.ts';

/** Sooner a second Ctrl-C would be taken for an echo of the first. In ms. */
const DEBOUNCE_MS = 400;

/** How long a process may take to heed a signal, in ms. */
const HEEDED = 1_000;

/** Exit status, or the signal that ended it. */
export type EndStatus = number | NodeJS.Signals;

/** One way in which a fleet ends. */
export interface ShutdownMode {
  readonly name: string;
  readonly trigger: (fleet: FleetUnderTest) => unknown;
  readonly status: EndStatus;
  /** What the log says of it; undefined where there is no time to say or write anything. */
  readonly loggedReason: string | undefined;
}

const SIGKILL: ShutdownMode = {
  name: 'SIGKILL of the supervisor',
  trigger: (fleet) => fleet.signal('SIGKILL'),
  status: 'SIGKILL',
  loggedReason: undefined,
};

export const STOP: ShutdownMode = {
  name: 'npm stop',
  trigger: async ({ logFile, problems }) => {
    const { status, output } = await spawnCli('stop', '--log-file', logFile);
    if (status !== 0) problems.push(`npm stop: status ${status}: ${output}`);
  },
  status: 0,
  loggedReason: 'asked by the control API',
};

/** The runs end in these ways in turn. */
export const SHUTDOWN_MODES: readonly ShutdownMode[] = [
  SIGKILL,
  { name: 'Ctrl-C', trigger: (fleet) => fleet.signalAll('SIGINT'), status: 0, loggedReason: 'SIGINT' },
  {
    name: 'reader of the console gone',
    trigger: (fleet) => fleet.closeConsole(),
    status: 0,
    loggedReason: 'the console is gone',
  },
  {
    name: 'Ctrl-C twice',
    trigger: async (fleet) => {
      const services = await fleet.services();
      const deaf = services.at(-1)?.pid;
      if (deaf) process.kill(deaf, IGNORE_STOP_SIGNAL);
      await delay(HEEDED);
      fleet.signalAll('SIGINT');
      await delay(DEBOUNCE_MS);
      fleet.signalAll('SIGINT');
    },
    status: 130,
    loggedReason: 'SIGINT',
  },
  STOP,
  { name: 'SIGTERM', trigger: (fleet) => fleet.signal('SIGTERM'), status: 0, loggedReason: 'SIGTERM' },
];
