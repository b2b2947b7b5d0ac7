import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceStatus, ServicesAnswer } from '../../shared/control-api.ts';
import { type ControlRequest, requestFleet } from '../../shared/control-client.ts';
import type { World } from '../../shared/world.ts';
import { CLI } from '../tools/spawn-cli.ts';
import { atExit } from './at-exit.ts';
import { FleetClock } from './clock.ts';
import { signalGroup } from './process-group.ts';
import type { EndStatus, ShutdownMode } from './shutdown-modes.ts';
import type { SmallDisk } from './small-disk.ts';

/** How long a fleet may take to become calm, in ms: longer than it takes to notice and replace a stopped process. */
const CALM_WITHIN = 90_000;

/** How long an end may take, in ms: what is deaf is killed after five seconds; the rest is for a slow machine. */
const END_WITHIN = 20_000;

/** One run of the fleet, from its start to its end, with a handle for every fault. */
export class FleetUnderTest {
  readonly logFile: string;
  /** The disk that its log is on, if that may be filled up. */
  readonly disk: SmallDisk | undefined;
  readonly clock: FleetClock;
  /** What went otherwise than it should. */
  readonly problems: string[] = [];
  readonly ended: Promise<EndStatus>;
  readonly #child: ChildProcess;
  readonly #killAll: () => void;
  #logFileTurn: Promise<unknown> = Promise.resolve();

  private constructor(child: ChildProcess, logFile: string, clock: FleetClock, disk: SmallDisk | undefined) {
    this.#child = child;
    this.logFile = logFile;
    this.clock = clock;
    this.disk = disk;
    this.#killAll = atExit(() => this.signalAll('SIGKILL'));
    this.ended = once(child, 'close').then(([status, signal]) => (status ?? signal) as EndStatus);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.problems.push(`stderr: ${text.trimEnd()}`));
  }

  /** Starts a fleet in a process group of its own, as a shell does, and waits until it answers and is calm. */
  static async start(logFile: string, args: readonly string[], disk?: SmallDisk): Promise<FleetUnderTest> {
    const clock = new FleetClock(join(dirname(logFile), 'clock'));
    const child = spawn(process.execPath, [CLI, 'start', '--log-file', logFile, ...args], {
      env: { ...process.env, ...clock.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const fleet = new FleetUnderTest(child, logFile, clock, disk);
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    await Promise.race([once(lines, 'line'), fleet.ended]);
    lines.close();
    child.stdout?.resume();
    await fleet.waitUntilHealthy().catch((error) => fleet.#fail(error));
    return fleet;
  }

  /** Its own, and that of its process group. */
  get pid(): number {
    return this.#child.pid as number;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  ask<Answer>(request: ControlRequest): Promise<Answer> {
    return requestFleet<Answer>(this.logFile, request);
  }

  async services(): Promise<readonly ServiceStatus[]> {
    return (await this.ask<ServicesAnswer>({ method: 'GET', path: '/v1/services' })).services;
  }

  world(): Promise<World> {
    return this.ask<World>({ method: 'GET', path: '/v1/world' });
  }

  /** To the supervisor alone. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** To supervisor and services at once, as a terminal does it. */
  signalAll(signal: NodeJS.Signals): void {
    signalGroup(this.pid, signal);
  }

  /** Reads nothing of its console for so many ms. */
  async stallConsole(ms: number): Promise<void> {
    this.#child.stdout?.pause();
    await delay(ms);
    this.#child.stdout?.resume();
  }

  /** Reads nothing of its console ever again. */
  closeConsole(): void {
    this.#child.stdout?.destroy();
  }

  /** Does one thing at a time to the log file. */
  withLogFile(act: () => Promise<unknown>): Promise<unknown> {
    this.#logFileTurn = this.#logFileTurn.then(act, act);
    return this.#logFileTurn;
  }

  /** Waits until every service is up, whatever it takes to get it there. */
  async waitUntilHealthy(): Promise<void> {
    const until = Date.now() + CALM_WITHIN;
    while (Date.now() < until && !this.hasEnded) {
      const services = await this.services().catch(() => []);
      if (services.length > 0 && services.every(({ state }) => state === 'up')) return;
      for (const { name, state } of services) {
        const act = state === 'stopped' || state === 'failed';
        if (act) await this.ask({ method: 'POST', path: `/v1/services/${name}/start` }).catch(() => {});
      }
      await delay(200);
    }
    throw new Error(this.hasEnded ? 'ended by itself' : `did not become calm within ${CALM_WITHIN / 1000} s`);
  }

  /** Ends it, and notes what of that is not as it should be. */
  async end({ name, trigger, status }: ShutdownMode): Promise<void> {
    const late = delay(END_WITHIN, 'late' as const, { ref: false });
    const [ended] = await Promise.all([Promise.race([this.ended, late]), trigger(this)]);
    if (ended !== status) this.problems.push(`${name}: exit status ${ended} instead of ${status}`);
    if (ended === 'late') await this.kill();
  }

  /** Ends all that is left of it, processes that it has leaked too. */
  async kill(): Promise<void> {
    this.#killAll();
    await this.ended;
  }

  async #fail(error: Error): Promise<never> {
    await this.kill();
    throw new Error([error.message, ...this.problems].join('\n'));
  }
}
