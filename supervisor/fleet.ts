import type { ServiceStatus } from '../shared/control-api.ts';
import { UserError } from '../shared/errors.ts';
import { checkRatio, type Ratios } from '../shared/ratios.ts';
import type { ServiceProgram } from '../shared/service-program.ts';
import type { World } from '../shared/world.ts';
import type { Log } from './log/log.ts';
import { Service } from './process/service.ts';
import { Gaps } from './world/gaps.ts';
import { type Change, Timeline } from './world/timeline.ts';
import { WorldChanges } from './world/world-changes.ts';

/** Time between two pings, in ms. */
const HEARTBEAT_INTERVAL_MS = 1_000;

/** How long a change waits for every process to stop short, in ms: less than what one that waits would make up for. */
const PREPARE_TIMEOUT_MS = 500;

/** How long a change waits for every process, in ms: longer than it takes to notice and kill a dead one. */
const APPLY_TIMEOUT_MS = 10_000;

/** How long the start of the services is waited for, in ms. */
const START_TIMEOUT_MS = 5_000;

/** How long a stop of the fleet may take, in ms, when even SIGKILL does not end a process. */
const STOP_TIMEOUT_MS = 8_000;

export interface FleetSettings {
  readonly services: readonly ServiceProgram[];
  readonly ratios: Ratios;
  /** Lines per second of the whole fleet. */
  readonly rate: number;
  readonly seed: number;
  /** How long before its start its log begins, in ms. */
  readonly backfillMs?: number;
}

/**
 * The services together, and the world they share. Once a method that changes it has returned, every line that is
 * written from then on follows the change.
 */
export class Fleet {
  readonly #log: Log;
  readonly #flushed: () => Promise<void>;
  readonly #timeline: Timeline;
  readonly #gaps = new Gaps();
  readonly #changes: WorldChanges;
  readonly #services: ReadonlyMap<string, Service>;
  #heartbeat: NodeJS.Timeout | undefined;
  #isPaused = false;
  #isStarted = false;
  #isStopping = false;

  /** @param flushed resolves once all that went into the log so far is in the file */
  constructor(settings: FleetSettings, log: Log, flushed: () => Promise<void>) {
    const { services, ratios, rate, seed, backfillMs = 0 } = settings;
    this.#log = log;
    this.#flushed = flushed;
    this.#timeline = new Timeline({ seed, rate, timeline: [{ at: Date.now() - backfillMs, ratios, down: [] }] });
    this.#changes = new WorldChanges(this.#timeline, {
      prepare: (version) => this.#prepare(version),
      commit: (change) => this.#broadcast(change),
    });
    const host = {
      log,
      gaps: this.#gaps,
      timeline: this.#timeline,
      onReady: this.#onReady.bind(this),
      onCrash: this.markDown.bind(this),
    };
    this.#services = new Map(services.map((program) => [program.name, new Service(program, host)]));
  }

  /** Whether the services write nothing at present. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  get isStarted(): boolean {
    return this.#isStarted;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** The whole run so far: what it takes to write the same log again. */
  get world(): World {
    return { ...this.#timeline.world, gaps: this.#gaps.all };
  }

  /** The ratios that hold now. */
  get ratios(): Ratios {
    return this.#timeline.current.ratios;
  }

  /** @param from instant from which on the services write, in ms since the Unix epoch */
  start(from: number = this.#timeline.latest.at): void {
    this.#isStarted = true;
    for (const service of this.#services.values()) service.spawn(from);
    this.#heartbeat = setInterval(() => {
      for (const service of this.#services.values()) service.checkHealth();
      this.#checkClock();
    }, HEARTBEAT_INTERVAL_MS);
  }

  /** Waits until every service writes or has ended, but not for ever. */
  async settled(): Promise<void> {
    await this.#notApplied(1, START_TIMEOUT_MS, ({ process, from }) => process !== undefined && from !== undefined);
  }

  /** @throws {UserError} `unknown-service` */
  service(name: string): Service {
    const service = this.#services.get(name);
    if (service) return service;
    const names = [...this.#services.keys()].join(', ');
    throw new UserError('unknown-service', `${name}: no such service in this fleet; it has ${names}`);
  }

  statuses(): readonly ServiceStatus[] {
    return [...this.#services.values()].map((service) => this.statusOf(service));
  }

  statusOf(service: Service): ServiceStatus {
    return service.status(this.#timeline.latest.ratios[service.name] as number);
  }

  /**
   * Changes these ratios, all or none; returns all of them once they hold.
   * @throws {UserError} `unknown-service`, `bad-ratio`, `no-answer`
   */
  async changeRatios(changes: Ratios): Promise<Ratios> {
    const entries = Object.entries(changes);
    if (entries.length === 0) return this.ratios;
    for (const [name, ratio] of entries) checkRatio(this.service(name).name, ratio);
    let ratios: Ratios = {};
    let before: Ratios = {};
    const change = await this.#changes.submit((latest) => {
      before = latest.ratios;
      ratios = { ...before, ...changes };
      return { ratios };
    });
    const stamp = this.#timeline.toTimeStamp(change.at);
    for (const [name] of entries) this.service(name).stats.resetSince(stamp);
    const list = entries.map(([name, ratio]) => `${name} ${before[name]} -> ${ratio}`).join(', ');
    this.#log.event('INFO', `Ratios changed from ${new Date(stamp).toISOString()} on: ${list}`);
    await this.confirm(change.version);
    return ratios;
  }

  /** Puts a service among those that do not run; returns the version of the world from which it is. */
  async markDown({ name }: Service): Promise<number> {
    const isKnown = this.#timeline.latest.down.includes(name) && !this.#changes.isBusy;
    if (isKnown || this.#isStopping) return this.#timeline.version;
    const { version } = await this.#changes.submit(({ down }) => ({ down: [...new Set([...down, name])] }));
    return version;
  }

  /**
   * Waits until that version, by default the last, holds in every process and every line from before it is in the file.
   * @throws {UserError} `no-answer`
   */
  async confirm(version: number = this.#timeline.version): Promise<void> {
    // One that is still loading will be told the latest world, and need not be waited for.
    const late = await this.#notApplied(version, APPLY_TIMEOUT_MS, ({ isWriting }) => isWriting);
    await this.#flushed();
    if (late.length === 0) return;
    const within = `${APPLY_TIMEOUT_MS / 1000} s`;
    throw new UserError('no-answer', `${late.join(', ')} did not confirm within ${within}; look at: npm run services`);
  }

  /** Has every service write nothing until it may go on: whoever takes the lines does not keep up. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    for (const service of this.#services.values()) service.process?.pause(isPaused);
  }

  /** Ends every process; returns once they have ended and their last lines are in the log. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#heartbeat);
    const services = [...this.#services.values()];
    for (const service of services) {
      service.markStopping();
      service.process?.stop();
    }
    const stopped = await Promise.all(
      services.map(({ observableState }) => observableState.waitFor(['stopped'], STOP_TIMEOUT_MS)),
    );
    const left = services.filter((_, index) => !stopped[index]).map(({ name, process }) => `${name} (${process?.pid})`);
    if (left.length > 0) this.#log.event('ERROR', `Not even SIGKILL ended ${left.join(', ')}`);
  }

  /** Kills every process at once. */
  kill(): void {
    for (const service of this.#services.values()) service.process?.kill();
  }

  /** Names of the services among those asked in which that version does not hold in time. */
  async #notApplied(
    version: number,
    timeoutMs: number,
    isAsked: (service: Service) => boolean,
  ): Promise<readonly string[]> {
    const asked = [...this.#services.values()].filter(isAsked);
    const confirmations = await Promise.all(asked.map(({ process }) => process?.whenApplied(version, timeoutMs)));
    return asked.filter((_, index) => confirmations[index] === 'late').map(({ name }) => name);
  }

  async #onReady(service: Service): Promise<void> {
    if (this.#isPaused) service.process?.pause(true);
    if (service.from === undefined) {
      await this.#changes.submit(({ down }) => ({ down: down.filter((name) => name !== service.name) }));
    } else if (!this.#changes.isBusy) {
      service.sendWorld(this.#timeline.version, this.#timeline.recent, service.from);
    }
  }

  async #prepare(version: number): Promise<readonly number[]> {
    // One that counts as unresponsive too: it may have woken up since, and write under the old world.
    const writing = [...this.#services.values()].filter(({ isWriting }) => isWriting);
    const written = await Promise.all(writing.map(({ process }) => process?.prepare(version, PREPARE_TIMEOUT_MS)));
    return written.filter((until) => until !== undefined);
  }

  /** Time stamps go back with the clock, but the world goes on: no line is written twice. */
  #checkClock(): void {
    if (!this.#timeline.checkClock() || this.#changes.isBusy || this.#isStopping) return;
    void this.#changes.submit(() => ({}));
  }

  #logClockSetBack(ms: number): void {
    const seconds = (ms / 1000).toFixed(1);
    this.#log.event('WARNING', `Clock was set back by ${seconds} s: time stamps go back with it, no line is repeated`);
    for (const { stats } of this.#services.values()) stats.setBack(ms);
  }

  #broadcast({ version, at, clockSetBackMs }: Change): void {
    if (clockSetBackMs > 0) this.#logClockSetBack(clockSetBackMs);
    const world = this.#timeline.recent;
    const { down } = this.#timeline.latest;
    for (const service of this.#services.values()) {
      const begins = service.isReady && !down.includes(service.name);
      if (service.isWriting || begins) service.sendWorld(version, world, at);
    }
  }
}
