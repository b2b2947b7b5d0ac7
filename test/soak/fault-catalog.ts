import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { incidentTypes } from '../../services/incidents/index.ts';
import { SERVICE_ACTIONS } from '../../shared/control-api.ts';
import type { IncidentsAnswer } from '../../shared/incident-api.ts';
import { controlSocketPath } from '../../shared/paths.ts';
import { backfillOntoLog, backfillTwice } from './backfill-faults.ts';
import type { FleetUnderTest } from './fleet-under-test.ts';
import { fillDisk, moveLogFile } from './log-file-faults.ts';
import { startSecondFleet } from './second-fleet.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Injects one fault; resolves when it is over. */
type Fault = (fleet: FleetUnderTest, random: SeededRandom) => Promise<unknown>;

/** Faults after which nothing has to wait for a timeout. */
const BENIGN_FAULTS: Readonly<Record<string, Fault>> = {
  'kill -9 of a service': (fleet, random) => signalService(fleet, random, 'SIGKILL'),
  'SIGTERM to a service': (fleet, random) => signalService(fleet, random, 'SIGTERM'),
  'ratios changed': async (fleet, random) => {
    const services = await fleet.services();
    const ratios = Object.fromEntries(services.map(({ name }) => [name, random.between(0, 100) / 10]));
    return fleet.request('PATCH', '/v1/ratios', ratios);
  },
  'incident started, or one of them stopped': async (fleet, random) => {
    const { incidents } = await fleet.request<IncidentsAnswer>('GET', '/v1/incidents');
    const started = incidents.filter(({ state }) => state !== 'over');
    if (started.length > 3) {
      const { id } = random.pick(started);
      return fleet.request('DELETE', `/v1/incidents/${id}?at-once=${random.pick(['true', 'false'])}`);
    }
    const type = random.pick(incidentTypes).name;
    const severity = random.between(1, 10) / 10;
    const how = { atOnce: random.pick([true, false]), for: random.between(10, 120) * 1000 };
    return fleet.request('POST', '/v1/incidents', { type, severity, ...how });
  },
  'command to a service': async (fleet, random) => {
    const { name } = random.pick(await fleet.services());
    return fleet.request('POST', `/v1/services/${name}/${random.pick(SERVICE_ACTIONS)}`);
  },
  'log file moved, then SIGHUP': moveLogFile,
  'console not read': (fleet, random) => fleet.stallConsole(random.between(100, 4000)),
  'garbage on the control socket': async (fleet, random) => {
    const socket = connect(controlSocketPath(fleet.logFile));
    socket.on('error', () => {});
    socket.write(random.pick(['\0\0\0', 'GET /v1/ra', 'POST /v1/shutdown HTTP/9\r\n\r\n', 'x'.repeat(100_000)]));
    await delay(random.between(10, 500));
    socket.destroy();
  },
  'idle connections': async (fleet, random) => {
    const sockets = Array.from({ length: 60 }, () => connect(controlSocketPath(fleet.logFile)).on('error', () => {}));
    await delay(random.between(100, 1000));
    for (const socket of sockets) socket.destroy();
  },
  'second fleet on the same log file': (fleet) => startSecondFleet(fleet),
  'second fleet from another environment': (fleet) => startSecondFleet(fleet, { PATH: process.env.PATH, TMPDIR: '/' }),
  'backfill onto the log file': backfillOntoLog,
  'two backfills to one output': backfillTwice,
  'clock set back': async (fleet, random) => fleet.clock.setBack(random.between(1_500, 60_000)),
};

/** Kinds for a long run. */
export const BENIGN_KINDS: readonly string[] = Object.keys(BENIGN_FAULTS);

/** All faults that work on any disk. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  ...BENIGN_FAULTS,
  'service stalled': async (fleet, random) => {
    const pid = await signalService(fleet, random, 'SIGSTOP');
    await delay(random.between(50, 2500));
    if (pid) signalProcess(pid, 'SIGCONT');
  },
  'service stopped by SIGSTOP for good': (fleet, random) => signalService(fleet, random, 'SIGSTOP'),
  'supervisor stalled': async (fleet, random) => {
    fleet.signal('SIGSTOP');
    await delay(random.between(50, 4000));
    fleet.signal('SIGCONT');
  },
  // As when a laptop is closed: lines due meanwhile are dropped and recorded as a gap.
  'machine asleep': async (fleet, random) => {
    fleet.signalAll('SIGSTOP');
    await delay(random.between(1500, 4000));
    fleet.signalAll('SIGCONT');
  },
  'flood of ratio changes': async (fleet, random) => {
    const change = () => fleet.request('PATCH', '/v1/ratios', { api: random.between(0, 10) });
    return Promise.allSettled(Array.from({ length: 30 }, change));
  },
};

/** Faults for a fleet whose log is on a disk that can be filled. */
export const DISK_FAULTS: Readonly<Record<string, Fault>> = { 'disk full': fillDisk };

async function signalService(
  fleet: FleetUnderTest,
  random: SeededRandom,
  signal: NodeJS.Signals,
): Promise<number | null> {
  const { pid } = random.pick(await fleet.services());
  if (pid !== null) signalProcess(pid, signal);
  return pid;
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has exited meanwhile.
  }
}
