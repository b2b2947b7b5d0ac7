import type { ServiceStatus } from '../shared/control-api.ts';
import { UserError } from '../shared/errors.ts';
import type { Ratios, ValidRatios } from '../shared/ratios.ts';
import type { PlannedKill } from '../shared/scenario-plan.ts';
import type { ServiceProgram } from '../shared/service-program.ts';
import {
  APPLY_TIMEOUT_MS,
  FLEET_STOP_TIMEOUT_MS,
  HEARTBEAT_INTERVAL_MS,
  PREPARE_TIMEOUT_MS,
} from '../shared/timing.ts';
import type { World } from '../shared/world.ts';
import type { Log } from './log/log.ts';
import { Service } from './process/service.ts';
import { firstWorld, type WorldSettings } from './world/first-world.ts';
import { SharedWorld } from './world/shared-world.ts';
import type { Change } from './world/timeline.ts';

/** How long `whenStarted` waits for the services, in ms. */
const START_TIMEOUT_MS = 5_000;

/** What decides which lines the services write. */
export interface FleetSettings extends WorldSettings {
  readonly services: readonly ServiceProgram[];
}

/**
 * The services and the world that they share. Once a method that changes the world has returned, every line that is
 * written follows the change.
 */
export class Fleet {
  readonly sharedWorld: SharedWorld;
  /** Who is to be killed, by the part of the scenario that was planned at the start. */
  readonly plannedKills: readonly PlannedKill[];
  readonly #log: Log;
  readonly #flushed: () => Promise<void>;
  readonly #services: ReadonlyMap<string, Service>;
  #heartbeat: NodeJS.Timeout | undefined;
  #isPaused = false;
  #isStarted = false;
  #isStopping = false;

  /** @param flushed resolves once everything that was written to the log so far is in the file */
  constructor(settings: FleetSettings, log: Log, flushed: () => Promise<void>) {
    const { world, kills } = firstWorld(settings);
    this.#log = log;
    this.#flushed = flushed;
    this.plannedKills = kills;
    this.sharedWorld = new SharedWorld(world, {
      prepare: (version) => this.#prepare(version),
      commit: (change) => this.#commit(change),
    });
    const context = {
      log,
      world: this.sharedWorld,
      onReady: (service: Service) => void this.#handleReady(service),
      onCrash: (service: Service) => void this.markDown(service),
    };
    this.#services = new Map(settings.services.map((program) => [program.name, new Service(program, context)]));
  }

  /** Whether the services are paused. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  get isStarted(): boolean {
    return this.#isStarted;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** The whole run so far: a replay of it writes the same log. */
  get world(): World {
    return this.sharedWorld.recorded;
  }

  /** The ratios as they were set. */
  get ratios(): Ratios {
    return this.sharedWorld.current.ratios;
  }

  /** What incidents make of them now. */
  get ratiosInEffect(): Ratios {
    return this.sharedWorld.ratiosInEffect(this.sharedWorld.current);
  }

  /** @param from instant from which the services write, in ms since the Unix epoch */
  start(from: number = this.sharedWorld.latest.at): void {
    this.#isStarted = true;
    for (const service of this.#services.values()) service.spawn({ from });
    this.#heartbeat = setInterval(() => {
      for (const service of this.#services.values()) service.checkHealth();
      this.sharedWorld.checkClock();
      this.#resetMovedStats();
    }, HEARTBEAT_INTERVAL_MS);
  }

  /** Waits until every service writes or has exited, for five seconds at most. */
  async whenStarted(): Promise<void> {
    const starting = [...this.#services.values()].filter(({ process, from }) => process && from !== undefined);
    await notApplied(starting, 1, START_TIMEOUT_MS);
  }

  /** @throws {UserError} `unknown-service` */
  service(name: string): Service {
    const service = this.#services.get(name);
    if (service) return service;
    const names = [...this.#services.keys()].join(', ');
    throw new UserError('unknown-service', `${name}: no such service in this fleet; it has ${names}`);
  }

  /** In the order in which the services were passed. */
  statuses(): readonly ServiceStatus[] {
    return [...this.#services.values()].map((service) => this.statusOf(service));
  }

  statusOf(service: Service): ServiceStatus {
    const ratios = this.sharedWorld.ratiosInEffect(this.sharedWorld.latest);
    return service.status(ratios[service.name] as number);
  }

  /**
   * Changes these ratios, all or none; returns all ratios, as they are set, once the change is in effect.
   * @throws {UserError} `unknown-service`, `no-answer`
   */
  async changeRatios(changes: ValidRatios): Promise<Ratios> {
    const services = Object.keys(changes).map((name) => this.service(name));
    if (services.length === 0) return this.ratios;
    const { before, after, at, version } = await this.sharedWorld.changeRatios(changes);
    const stamp = this.sharedWorld.toTimeStamp(at);
    for (const { stats } of services) stats.resetSince(stamp);
    const list = services.map(({ name }) => `${name} ${before[name]} -> ${after[name]}`).join(', ');
    this.#log.operation(`Ratios changed from ${new Date(stamp).toISOString()} on: ${list}`);
    await this.whenApplied(version);
    return after;
  }

  /** Records that a service does not run; returns the version of the world in which that is so. */
  async markDown({ name }: Service): Promise<number> {
    return this.#isStopping ? this.sharedWorld.version : this.sharedWorld.markDown(name);
  }

  /**
   * Waits until that version, by default the last, is in effect everywhere and every line from before it is in the file.
   * @throws {UserError} `no-answer`
   */
  async whenApplied(version: number = this.sharedWorld.version): Promise<void> {
    // A service that is still loading is sent the latest world when it is ready.
    const names = await notApplied(this.#writing, version, APPLY_TIMEOUT_MS);
    await this.#flushed();
    if (names.length === 0) return;
    const seconds = APPLY_TIMEOUT_MS / 1000;
    throw new UserError(
      'no-answer',
      `${names.join(', ')} did not confirm within ${seconds} s; look at: npm run services`,
    );
  }

  /** Makes every service write nothing, while the log does not keep up, or resume. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    for (const service of this.#services.values()) service.process?.pause(isPaused);
  }

  /** Stops every process; resolves once they have exited and their last lines are in the log. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#heartbeat);
    const services = [...this.#services.values()];
    for (const service of services) {
      service.markStopping();
      service.process?.stop();
    }
    await Promise.all(services.map((service) => service.whenState(['stopped'], FLEET_STOP_TIMEOUT_MS)));
    const running = services.filter(({ state }) => state !== 'stopped');
    if (running.length === 0) return;
    const list = running.map(({ name, process }) => `${name} (${process?.pid})`).join(', ');
    this.#log.event('ERROR', `Not even SIGKILL ended ${list}`);
  }

  /** Kills every process at once. */
  kill(): void {
    for (const service of this.#services.values()) service.process?.kill();
  }

  get #writing(): readonly Service[] {
    return [...this.#services.values()].filter(({ isWriting }) => isWriting);
  }

  async #handleReady(service: Service): Promise<void> {
    if (this.#isPaused) service.process?.pause(true);
    if (service.from === undefined) await this.sharedWorld.markUp(service.name);
    else if (!this.sharedWorld.isChanging)
      service.sendWorld(this.sharedWorld.version, this.sharedWorld.recent, service.from);
  }

  /** Includes unresponsive processes: one may have continued since, and would write under the old world. */
  async #prepare(version: number): Promise<readonly number[]> {
    const writtenUntil = await Promise.all(
      this.#writing.map(({ process }) => process?.prepare(version, PREPARE_TIMEOUT_MS)),
    );
    return writtenUntil.filter((instant) => instant !== undefined);
  }

  #commit({ version, at, clockSetBackMs }: Change): void {
    if (clockSetBackMs > 0) this.#reportClockSetBack(clockSetBackMs);
    const { recent, latest } = this.sharedWorld;
    for (const service of this.#services.values()) {
      const starts = service.isReady && !latest.down.includes(service.name);
      if (service.isWriting || starts) service.sendWorld(version, recent, at);
    }
    this.#resetMovedStats();
  }

  /** The bad lines of a service are counted from when an incident last began to move its ratio otherwise. */
  #resetMovedStats(): void {
    const { sharedWorld } = this;
    for (const { service, at } of sharedWorld.takeRatioMoves()) {
      this.#services.get(service)?.stats.resetSince(sharedWorld.toTimeStamp(at));
    }
  }

  #reportClockSetBack(ms: number): void {
    const seconds = (ms / 1000).toFixed(1);
    this.#log.event('WARNING', `Clock was set back by ${seconds} s: time stamps go back with it, no line is repeated`);
    for (const { stats } of this.#services.values()) stats.setBack(ms);
  }
}

/** Names of the services among these in which that version is not in effect in time. */
async function notApplied(
  services: readonly Service[],
  version: number,
  timeoutMs: number,
): Promise<readonly string[]> {
  const confirmations = await Promise.all(services.map(({ process }) => process?.whenApplied(version, timeoutMs)));
  return services.filter((_, index) => confirmations[index] === 'timed-out').map(({ name }) => name);
}
