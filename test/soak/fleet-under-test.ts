import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { FleetClient } from '../tools/fleet-client.ts';
import { FleetClock } from '../tools/fleet-clock.ts';
import { signalGroup } from '../tools/process-group.ts';
import { CLI } from '../tools/run.ts';
import { atExit } from './at-exit.ts';
import type { FillableDisk } from './fillable-disk.ts';

/** Longer than it takes to notice and replace a process that does not answer, in ms. */
const HEALTHY_TIMEOUT_MS = 90_000;

/** Exit status of the supervisor, or the signal that killed it. */
export type ExitStatus = number | NodeJS.Signals;

/** One run of a fleet, with a method for every fault that concerns more than one service. */
export class FleetUnderTest extends FleetClient {
  /** The disk of the log, where it can be filled. */
  readonly disk: FillableDisk | undefined;
  readonly clock: FleetClock;
  /** Everything that was not as expected. */
  readonly problems: string[] = [];
  readonly exited: Promise<ExitStatus>;
  readonly #child: ChildProcess;
  readonly #killAll: () => void;
  #lastLogFileAction: Promise<unknown> = Promise.resolve();

  private constructor(child: ChildProcess, logFile: string, clock: FleetClock, disk: FillableDisk | undefined) {
    super(logFile);
    this.#child = child;
    this.clock = clock;
    this.disk = disk;
    this.#killAll = atExit(() => this.signalAll('SIGKILL'));
    this.exited = once(child, 'close').then(([status, signal]) => (status ?? signal) as ExitStatus);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.problems.push(`stderr: ${text.trimEnd()}`));
  }

  /**
   * Starts a fleet in a process group of its own, as a shell does, and waits until it is healthy.
   * @param args options of `npm start`
   * @throws when it exits, or is not healthy within 90 s
   */
  static async start(logFile: string, args: readonly string[], disk?: FillableDisk): Promise<FleetUnderTest> {
    const clock = new FleetClock(join(dirname(logFile), 'clock'));
    const child = spawn(process.execPath, [CLI, 'start', '--log-file', logFile, ...args], {
      env: { ...process.env, ...clock.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const fleet = new FleetUnderTest(child, logFile, clock, disk);
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    await Promise.race([once(lines, 'line'), fleet.exited]);
    lines.close();
    child.stdout?.resume();
    await fleet.waitUntilHealthy().catch((error) => fleet.#abort(error));
    return fleet;
  }

  /** Id of the supervisor, and of its process group. */
  get pid(): number {
    return this.#child.pid as number;
  }

  get hasExited(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Sends a signal to the supervisor alone. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Sends a signal to the supervisor and its services, as a terminal does. */
  signalAll(signal: NodeJS.Signals): void {
    signalGroup(this.pid, signal);
  }

  /** Stops reading the console for so many ms. */
  async stallConsole(ms: number): Promise<void> {
    this.#child.stdout?.pause();
    await delay(ms);
    this.#child.stdout?.resume();
  }

  /** Stops reading the console for good. */
  closeConsole(): void {
    this.#child.stdout?.destroy();
  }

  /** Runs an action on the log file when the one before has settled. */
  withLogFile(action: () => Promise<unknown>): Promise<unknown> {
    this.#lastLogFileAction = this.#lastLogFileAction.then(action, action);
    return this.#lastLogFileAction;
  }

  /**
   * Waits until every service is up, and starts those that are stopped.
   * @throws when the fleet exits, or after 90 s
   */
  async waitUntilHealthy(): Promise<void> {
    const deadline = Date.now() + HEALTHY_TIMEOUT_MS;
    while (Date.now() < deadline && !this.hasExited) {
      const services = await this.services().catch(() => []);
      if (services.length > 0 && services.every(({ state }) => state === 'up')) return;
      for (const { name, state } of services) {
        const isDown = state === 'stopped' || state === 'failed';
        if (isDown) await this.request('POST', `/v1/services/${name}/start`).catch(() => {});
      }
      await delay(200);
    }
    throw new Error(this.hasExited ? 'exited by itself' : `was not healthy within ${HEALTHY_TIMEOUT_MS / 1000} s`);
  }

  /** Kills all processes of the group, including leaked ones. */
  async kill(): Promise<void> {
    this.#killAll();
    await this.exited;
  }

  async #abort(error: Error): Promise<never> {
    await this.kill();
    throw new Error([error.message, ...this.problems].join('\n'));
  }
}
