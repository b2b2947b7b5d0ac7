import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ServiceStatus, ServicesAnswer } from '../../shared/control-api.ts';
import { askFleet, type ControlRequest } from '../../shared/control-client.ts';
import type { World } from '../../shared/world.ts';
import { residentMegabytes } from '../bench/measure.ts';

const CLI = fileURLToPath(new URL('../cli.js', import.meta.url));

/** How long a fleet may take to become calm, in ms: longer than it takes to notice and replace a stopped process. */
const CALM_WITHIN = 60_000;

/** One run of the fleet, from its start to its end, with a handle for every fault. */
export class FleetInStorm {
  readonly logFile: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  /** Every process that it has had. */
  readonly pids = new Set<number>();

  private constructor(child: ChildProcess, logFile: string) {
    this.#child = child;
    this.logFile = logFile;
    this.#ended = once(child, 'exit');
  }

  /** Starts a fleet and waits until it answers and is calm. */
  static async start(logFile: string, args: readonly string[]): Promise<FleetInStorm> {
    const child = spawn(process.execPath, [CLI, 'start', '--log-file', logFile, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const fleet = new FleetInStorm(child, logFile);
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    await once(lines, 'line');
    lines.close();
    child.stdout?.resume();
    await fleet.calm();
    return fleet;
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  get memory(): number {
    return residentMegabytes(this.pid) ?? Number.NaN;
  }

  ask<Answer>(request: ControlRequest): Promise<Answer> {
    return askFleet<Answer>(this.logFile, request);
  }

  async services(): Promise<readonly ServiceStatus[]> {
    const { services } = await this.ask<ServicesAnswer>({ method: 'GET', path: '/v1/services' });
    for (const { pid } of services) if (pid !== null) this.pids.add(pid);
    return services;
  }

  world(): Promise<World> {
    return this.ask<World>({ method: 'GET', path: '/v1/world' });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Reads nothing of its console for so many ms. */
  async stallConsole(ms: number): Promise<void> {
    this.#child.stdout?.pause();
    await delay(ms);
    this.#child.stdout?.resume();
  }

  /** Waits until every service is up, whatever it takes to get it there. */
  async calm(): Promise<void> {
    const until = Date.now() + CALM_WITHIN;
    while (Date.now() < until) {
      const services = await this.services();
      if (services.every(({ state }) => state === 'up')) return;
      for (const { name, state } of services) {
        const act = state === 'stopped' || state === 'failed';
        if (act) await this.ask({ method: 'POST', path: `/v1/services/${name}/start` }).catch(() => {});
      }
      await delay(200);
    }
    throw new Error(`The fleet did not become calm within ${CALM_WITHIN / 1000} s`);
  }

  async end(how: 'stop' | 'SIGKILL'): Promise<void> {
    if (how === 'stop') await this.ask({ method: 'POST', path: '/v1/shutdown' });
    else this.signal('SIGKILL');
    await this.#ended;
  }
}
