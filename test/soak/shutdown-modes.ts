import { setTimeout as delay } from 'node:timers/promises';
import { command } from '../tools/run.ts';
import type { ExitStatus, FleetUnderTest } from './fleet-under-test.ts';
import { IGNORE_STOP_SIGNAL } from './long-records.ts';

/** A second Ctrl-C within less than this is taken for an echo of the first, in ms. */
const DEBOUNCE_MS = 400;

/** How long a process may take to handle a signal, in ms. */
const SIGNAL_HANDLING_MS = 1_000;

/** A service that ignores the request to stop is killed after five seconds; the rest is for a slow machine. */
const SHUTDOWN_TIMEOUT_MS = 20_000;

/** A way to shut a fleet down, and what is expected of it. */
export interface ShutdownMode {
  readonly name: string;
  readonly trigger: (fleet: FleetUnderTest) => unknown;
  readonly status: ExitStatus;
  /** The reason that the log gives; undefined when the supervisor is killed and cannot write one. */
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
    const { status, stderr } = await command(process.cwd(), 'stop', '--log-file', logFile);
    if (status !== 0) problems.push(`npm stop: status ${status}: ${stderr}`);
  },
  status: 0,
  loggedReason: 'asked by the control API',
};

/** The runs use these modes in turn. */
export const SHUTDOWN_MODES: readonly ShutdownMode[] = [
  SIGKILL,
  { name: 'Ctrl-C', trigger: (fleet) => fleet.signalAll('SIGINT'), status: 0, loggedReason: 'SIGINT' },
  {
    name: 'console closed by its reader',
    trigger: (fleet) => fleet.closeConsole(),
    status: 0,
    loggedReason: 'the console is gone',
  },
  {
    name: 'Ctrl-C twice',
    trigger: async (fleet) => {
      const services = await fleet.services();
      const pid = services.at(-1)?.pid;
      if (pid) process.kill(pid, IGNORE_STOP_SIGNAL);
      await delay(SIGNAL_HANDLING_MS);
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

/** Shuts the fleet down and records a problem when its exit status is wrong; kills it after a timeout. */
export async function shutDown(fleet: FleetUnderTest, { name, trigger, status }: ShutdownMode): Promise<void> {
  const timeout = delay(SHUTDOWN_TIMEOUT_MS, 'timeout' as const, { ref: false });
  const [outcome] = await Promise.all([Promise.race([fleet.exited, timeout]), trigger(fleet)]);
  if (outcome !== status) fleet.problems.push(`${name}: exit status ${outcome} instead of ${status}`);
  if (outcome === 'timeout') await fleet.kill();
}
