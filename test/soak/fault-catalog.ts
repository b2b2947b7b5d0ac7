import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SERVICE_ACTIONS } from '../../shared/control-api.ts';
import { controlSocketPath } from '../../shared/paths.ts';
import { backfillOntoLog, backfillTwice } from './backfill-faults.ts';
import type { FleetUnderTest } from './fleet-under-test.ts';
import { fillDisk, moveLogFile } from './log-file-faults.ts';
import { startSecond } from './second-fleet.ts';
import type { SeededRandom } from './seeded-random.ts';

/** One thing that can happen to a fleet; resolves when it has. */
type Fault = (fleet: FleetUnderTest, chance: SeededRandom) => Promise<unknown>;

/** What happens in any life of a fleet, and makes nobody wait. */
const BENIGN: Readonly<Record<string, Fault>> = {
  'kill -9 of a service': (fleet, chance) => signalService(fleet, chance, 'SIGKILL'),
  'SIGTERM to a service': (fleet, chance) => signalService(fleet, chance, 'SIGTERM'),
  'ratios changed': async (fleet, chance) => {
    const services = await fleet.services();
    const body = Object.fromEntries(services.map(({ name }) => [name, chance.between(0, 100) / 10]));
    return fleet.ask({ method: 'PATCH', path: '/v1/ratios', body });
  },
  'a command to a service': async (fleet, chance) => {
    const { name } = chance.pick(await fleet.services());
    return fleet.ask({ method: 'POST', path: `/v1/services/${name}/${chance.pick(SERVICE_ACTIONS)}` });
  },
  'log file moved away, then SIGHUP': moveLogFile,
  'console not read': (fleet, chance) => fleet.stallConsole(chance.between(100, 4000)),
  'garbage on the control socket': async (fleet, chance) => {
    const socket = connect(controlSocketPath(fleet.logFile));
    socket.on('error', () => {});
    socket.write(chance.pick(['\0\0\0', 'GET /v1/ra', 'POST /v1/shutdown HTTP/9\r\n\r\n', 'x'.repeat(100_000)]));
    await delay(chance.between(10, 500));
    socket.destroy();
  },
  'idle connections': async (fleet, chance) => {
    const sockets = Array.from({ length: 60 }, () => connect(controlSocketPath(fleet.logFile)).on('error', () => {}));
    await delay(chance.between(100, 1000));
    for (const socket of sockets) socket.destroy();
  },
  'a second fleet on the same log file': (fleet) => startSecond(fleet),
  'a second fleet from another environment': (fleet) => startSecond(fleet, { PATH: process.env.PATH, TMPDIR: '/' }),
  'a backfill onto the log file': backfillOntoLog,
  'two backfills to one output': backfillTwice,
  'the clock is set back': async (fleet, chance) => fleet.clock.setBack(chance.between(1_500, 60_000)),
};

/** Kinds that a fleet can live with for long. */
export const BENIGN_KINDS: readonly string[] = Object.keys(BENIGN);

/** Everything that the storm is made of. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  ...BENIGN,
  'a service stands still': async (fleet, chance) => {
    const pid = await signalService(fleet, chance, 'SIGSTOP');
    await delay(chance.between(50, 2500));
    if (pid) signalProcess(pid, 'SIGCONT');
  },
  'a service hangs for good': (fleet, chance) => signalService(fleet, chance, 'SIGSTOP'),
  'the supervisor stands still': async (fleet, chance) => {
    fleet.signal('SIGSTOP');
    await delay(chance.between(50, 4000));
    fleet.signal('SIGCONT');
  },
  // As when a laptop is closed: what was due meanwhile is skipped, and recorded as a gap.
  'the machine sleeps': async (fleet, chance) => {
    fleet.signalAll('SIGSTOP');
    await delay(chance.between(1500, 4000));
    fleet.signalAll('SIGCONT');
  },
  'a flood of changes': async (fleet, chance) => {
    const change = () => fleet.ask({ method: 'PATCH', path: '/v1/ratios', body: { api: chance.between(0, 10) } });
    return Promise.allSettled(Array.from({ length: 30 }, change));
  },
};

/** For fleets whose log is on a disk of its own. */
export const DISK_FAULTS: Readonly<Record<string, Fault>> = { 'disk full': fillDisk };

async function signalService(
  fleet: FleetUnderTest,
  chance: SeededRandom,
  signal: NodeJS.Signals,
): Promise<number | null> {
  const { pid } = chance.pick(await fleet.services());
  if (pid !== null) signalProcess(pid, signal);
  return pid;
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself in between.
  }
}
