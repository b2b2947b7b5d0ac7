import { performance } from 'node:perf_hooks';
import type { ServiceState, ServiceStatus } from '../../shared/control-api.ts';
import type { ServiceProgram } from '../../shared/service-program.ts';
import type { World } from '../../shared/world.ts';
import { ObservableState } from '../async/observable-state.ts';
import { MAX_PRINTED_BYTES } from '../log/input/print-limit.ts';
import { PrintTimes } from '../log/input/print-times.ts';
import { ServiceOutput } from '../log/input/service-output.ts';
import type { Log } from '../log/log.ts';
import type { SharedWorld } from '../world/shared-world.ts';
import { describeCrash, type Exit } from './exit.ts';
import { advance, INITIAL_LIFECYCLE, type LifecycleAction, type LifecycleEvent } from './lifecycle.ts';
import { LineStats } from './line-stats.ts';
import { type DroppedLines, ServiceProcess } from './service-process.ts';
import { WriteWindow } from './write-window.ts';

/** What a service uses of its fleet. */
export interface ServiceContext {
  readonly log: Log;
  readonly world: Pick<SharedWorld, 'gaps' | 'toTimeStamp'>;
  /** The process has loaded and waits for its world. */
  onReady(service: Service): void;
  /** The process has exited unexpectedly. */
  onCrash(service: Service): void;
}

/** One service over all its processes. What to do about an event is decided in lifecycle.ts, and done here. */
export class Service {
  readonly program: ServiceProgram;
  readonly stats = new LineStats();
  readonly #context: ServiceContext;
  readonly #lifecycle = new ObservableState(INITIAL_LIFECYCLE);
  readonly #window: WriteWindow;
  #process: ServiceProcess | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #printTimes: PrintTimes | undefined;
  #isAsked = false;

  constructor(program: ServiceProgram, context: ServiceContext) {
    this.program = program;
    this.#context = context;
    this.#window = new WriteWindow(program.name, context.world.gaps);
  }

  get name(): string {
    return this.program.name;
  }

  get state(): ServiceState {
    return this.#lifecycle.current.state;
  }

  /** How its last process that was not meant to exit did. */
  get lastExit(): string | undefined {
    return this.#lifecycle.current.lastExit;
  }

  /** Its current process, until the last byte of its output has arrived. */
  get process(): ServiceProcess | undefined {
    return this.#process;
  }

  /** Instant from which its current process writes, in ms of the world's time; undefined while that is not decided. */
  get from(): number | undefined {
    return this.#window.from;
  }

  /** Whether its current process has a world, and so writes. */
  get isWriting(): boolean {
    return this.#window.isOpen;
  }

  /** Whether its current process has loaded and waits for a world. */
  get isReady(): boolean {
    return this.state === 'starting' && this.#process?.isReady === true;
  }

  /** True once it is in one of these states; false after `timeoutMs`. */
  whenState(states: readonly ServiceState[], timeoutMs: number): Promise<boolean> {
    return this.#lifecycle.waitFor(({ state }) => states.includes(state), timeoutMs);
  }

  /** @param ratio in effect */
  status(ratio: number): ServiceStatus {
    const { state, spawns, nextTryAt, lastExit } = this.#lifecycle.current;
    const { process } = this;
    return {
      name: this.name,
      logName: this.program.logName,
      state,
      pid: process?.pid ?? null,
      uptimeMs: process ? Math.round(process.uptimeMs) : null,
      restarts: Math.max(0, spawns - 1),
      ratio,
      lines: this.stats.lines,
      linesSinceChange: this.stats.linesSince,
      badSinceChange: this.stats.badSince,
      nextTryAt: nextTryAt ?? null,
      lastExit: lastExit ?? null,
    };
  }

  /**
   * Forks a process for a service that has none.
   * @param from instant from which it has to write, in ms of the world's time; by default from its first world on
   * @param isAsked whether an operator has asked for it
   */
  spawn({ from, isAsked = false }: { readonly from?: number; readonly isAsked?: boolean } = {}): void {
    clearTimeout(this.#restartTimer);
    this.#isAsked = isAsked;
    this.#window.reset(from);
    const { log, world } = this.#context;
    const fromStamp = () => this.from && world.toTimeStamp(this.from);
    this.#printTimes = new PrintTimes({ last: this.#printTimes?.last, from: fromStamp });
    const output = new ServiceOutput(this.program.logName, log, this.stats, this.#printTimes);
    const process = new ServiceProcess(this.program, output, {
      onReady: () => this.isReady && this.#context.onReady(this),
      onDropped: (dropped) => this.#recordDropped(dropped),
      onPrintLimit: () => this.#reportPrintLimit(process),
      onExit: (exit) => this.#handleExit(exit),
    });
    this.#process = process;
    this.#apply({ kind: 'spawned' });
  }

  /**
   * Sends its process the world.
   * @param from instant from which a process that is only ready writes, unless it was spawned with another
   */
  sendWorld(version: number, world: World, from: number): void {
    const { process } = this;
    if (!process) return;
    if (this.isWriting) {
      process.sendWorld(version, world);
      return;
    }
    process.sendWorld(version, world, this.#window.open(from));
    const { log } = this.#context;
    const event = `${this.name} is up, pid ${process.pid}`;
    if (this.#isAsked) log.operation(event);
    else log.event('INFO', event);
    this.#apply({ kind: 'started' });
  }

  /** Records that it is meant to exit, whatever happens from now on. */
  markStopping(): void {
    clearTimeout(this.#restartTimer);
    this.#apply({ kind: 'stop-requested' });
  }

  /** Records that every line that its process had to write has arrived. */
  markFlushed(): void {
    this.#window.markComplete();
  }

  /** Forgets its failures. */
  resetFailures(): void {
    this.#apply({ kind: 'failures-reset' });
  }

  /** Kills a process that does not answer or does not load. To be called once per heartbeat interval. */
  checkHealth(): void {
    const { process } = this;
    if (!process || this.state === 'stopping') return;
    const action = this.#apply({ kind: 'heartbeat', missedPings: process.missedPings });
    if (action?.kind === 'report-unresponsive') this.#warn(`does not answer, pid ${process.pid}`);
    if (action?.kind === 'kill') {
      this.#warn(`${action.reason}, killing pid ${process.pid}`);
      process.kill();
    }
    process.ping();
  }

  #apply(event: LifecycleEvent): LifecycleAction | undefined {
    const { lifecycle, action } = advance(this.#lifecycle.current, event);
    this.#lifecycle.set(lifecycle);
    return action;
  }

  #reportPrintLimit({ pid }: ServiceProcess): void {
    const limit = `${MAX_PRINTED_BYTES / 1024} KB a second`;
    this.#warn(`prints more than ${limit}, pid ${pid}: throttled to that rate`);
  }

  #recordDropped({ from, to, lines }: DroppedLines): void {
    if (lines === 0) return;
    const { world } = this.#context;
    world.gaps.add({ service: this.name, from, to, writtenAtStart: 0 });
    const [start, end] = [from, to].map((time) => new Date(world.toTimeStamp(time)).toISOString());
    this.#warn(`skipped ${lines} lines due from ${start} to ${end}`);
  }

  #handleExit(exit: Exit): void {
    this.#process = undefined;
    this.#window.close(this.stats.last);
    const clocks = { steadyMs: performance.now(), wallMs: Date.now(), random: Math.random() };
    const action = this.#apply({ kind: 'exited', exit, ...clocks });
    if (this.state !== 'stopped') this.#context.onCrash(this);
    if (action?.kind === 'restart') this.#restart(exit, action.delayMs);
    if (action?.kind === 'give-up') this.#reportGivenUp(exit);
  }

  #restart(exit: Exit, delayMs: number): void {
    this.#warn(`${describeCrash(exit)}; restarting ${delayMs === 0 ? 'at once' : `in ${delayMs / 1000} s`}`);
    this.#restartTimer = setTimeout(() => this.spawn(), delayMs);
  }

  #reportGivenUp(exit: Exit): void {
    const advice = `fix it, then: npm run services -- restart ${this.name}`;
    const message = `${this.name} ${describeCrash(exit)}; it failed too often and stays down; ${advice}`;
    this.#context.log.event('ERROR', message);
  }

  #warn(message: string): void {
    this.#context.log.event('WARNING', `${this.name} ${message}`);
  }
}
