import { performance } from 'node:perf_hooks';
import type { ServiceState, ServiceStatus } from '../../shared/control-api.ts';
import type { ServiceProgram } from '../../shared/service-program.ts';
import type { World } from '../../shared/world.ts';
import { ObservableState } from '../async/observable-state.ts';
import { MAX_PRINTED_BYTES } from '../log/input/print-limit.ts';
import { PrintTimes } from '../log/input/print-times.ts';
import { ServiceOutput } from '../log/input/service-output.ts';
import type { Log } from '../log/log.ts';
import type { Gaps } from '../world/gaps.ts';
import type { Timeline } from '../world/timeline.ts';
import { describeCrash, describeExit, type Exit } from './exit.ts';
import { LineStats } from './line-stats.ts';
import { afterFailure, NO_FAILURES } from './restart-policy.ts';
import { type DroppedLines, ServiceProcess } from './service-process.ts';

/** Unanswered pings after which a process counts as unresponsive, and after which it is killed. */
const UNRESPONSIVE_AFTER_MISSED_PINGS = 3;
const KILL_AFTER_MISSED_PINGS = 7;

/** Unanswered pings after which a process is no longer waited for that loads: one that loads answers none. */
const GIVE_UP_LOADING_AFTER_MISSED_PINGS = 30;

export interface ServiceCallbacks {
  readonly log: Log;
  readonly gaps: Gaps;
  readonly timeline: Pick<Timeline, 'toTimeStamp'>;
  /** The process has loaded and waits for its world. */
  onReady(service: Service): void;
  /** The process is gone without anybody having asked for it. */
  onCrash(service: Service): void;
}

/** Where it stands; with a process, that process. */
type LifecycleState =
  | { readonly kind: 'starting' | 'up' | 'unresponsive' | 'stopping'; readonly process: ServiceProcess }
  | { readonly kind: 'backing-off'; readonly until: number; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'stopped' | 'failed' };

/** One service over all its processes: whatever ends unasked is restarted, whatever was asked for is not. */
export class Service {
  readonly program: ServiceProgram;
  readonly stats = new LineStats();
  readonly observableState = new ObservableState<ServiceState>('stopped');
  readonly #host: ServiceCallbacks;
  #lifecycle: LifecycleState = { kind: 'stopped' };
  #from: number | undefined;
  #isWriting = false;
  #isComplete = false;
  #printTimes: PrintTimes | undefined;
  #history = NO_FAILURES;
  #spawns = 0;
  #lastExit: string | undefined;

  constructor(program: ServiceProgram, host: ServiceCallbacks) {
    this.program = program;
    this.#host = host;
  }

  get name(): string {
    return this.program.name;
  }

  get state(): ServiceState {
    return this.#lifecycle.kind;
  }

  get lastExit(): string | undefined {
    return this.#lastExit;
  }

  /** Its present process, until the last byte of that has arrived. */
  get process(): ServiceProcess | undefined {
    return 'process' in this.#lifecycle ? this.#lifecycle.process : undefined;
  }

  /** Instant from which its present process writes, in ms since the Unix epoch; undefined while that is open. */
  get from(): number | undefined {
    return this.#from;
  }

  /** Whether its present process has been told a world, and so writes. */
  get isWriting(): boolean {
    return this.#isWriting;
  }

  /** Whether its present process has loaded and waits for a world. */
  get isReady(): boolean {
    return this.#lifecycle.kind === 'starting' && this.#lifecycle.process.isReady;
  }

  status(ratio: number): ServiceStatus {
    const { process } = this;
    return {
      name: this.name,
      logName: this.program.logName,
      state: this.state,
      pid: process?.pid ?? null,
      uptimeMs: process ? Math.round(process.uptimeMs) : null,
      restarts: Math.max(0, this.#spawns - 1),
      ratio,
      lines: this.stats.lines,
      linesSinceChange: this.stats.linesSince,
      badSinceChange: this.stats.badSince,
      nextTryAt: this.#lifecycle.kind === 'backing-off' ? this.#lifecycle.until : null,
      lastExit: this.#lastExit ?? null,
    };
  }

  /** Forks a process for a service that has none. With `from`, it is to write from that instant on. */
  spawn(from?: number): void {
    this.#leavePhase();
    this.#from = from;
    this.#isWriting = false;
    this.#spawns++;
    const fromStamp = () => this.#from && this.#host.timeline.toTimeStamp(this.#from);
    this.#printTimes = new PrintTimes({ last: this.#printTimes?.last, from: fromStamp });
    const output = new ServiceOutput(this.program.logName, this.#host.log, this.stats, this.#printTimes);
    const process = new ServiceProcess(this.program, output, {
      ready: () => this.isReady && this.#host.onReady(this),
      skipped: (gap) => this.#skipped(gap),
      printsTooMuch: () => this.#printsTooMuch(process),
      ended: (exit) => this.#ended(exit),
    });
    this.#enter({ kind: 'starting', process });
  }

  /** Tells its process the world. One that waits begins at the instant it was launched with, or else at `from`. */
  sendWorld(version: number, world: World, from: number): void {
    const { process } = this;
    if (!process) return;
    if (this.#isWriting) {
      process.sendWorld(version, world);
      return;
    }
    this.#from ??= from;
    this.#isWriting = true;
    this.#isComplete = false;
    this.#host.gaps.close(this.name, this.#from);
    process.sendWorld(version, world, this.#from);
    this.#host.log.event('INFO', `${this.name} is up, pid ${process.pid}`);
    this.#enter({ kind: 'up', process });
  }

  /** Records that it is meant to end, whatever happens now. */
  markStopping(): void {
    const { process } = this;
    this.#leavePhase();
    this.#enter(process ? { kind: 'stopping', process } : { kind: 'stopped' });
  }

  /** All that its process was to write has arrived. */
  markFlushed(): void {
    this.#isComplete = true;
  }

  /** Forgets its failures: an operator has taken it in hand. */
  resetFailures(): void {
    this.#history = NO_FAILURES;
  }

  /** Notices a process that does not answer or does not get ready, and kills it. To be called once a second. */
  checkHealth(): void {
    const { kind } = this.#lifecycle;
    const { process } = this;
    if (!process || kind === 'stopping') return;
    if (kind === 'starting') {
      if (process.missedPings === GIVE_UP_LOADING_AFTER_MISSED_PINGS)
        this.#kill(process, `was not ready within ${GIVE_UP_LOADING_AFTER_MISSED_PINGS} s`);
    } else this.#checkAnswers(process);
    process.ping();
  }

  #checkAnswers(process: ServiceProcess): void {
    const { kind } = this.#lifecycle;
    if (process.missedPings === 0 && kind === 'unresponsive') this.#enter({ kind: 'up', process });
    if (process.missedPings === UNRESPONSIVE_AFTER_MISSED_PINGS) {
      this.#host.log.event('WARNING', `${this.name} does not answer, pid ${process.pid}`);
      this.#enter({ kind: 'unresponsive', process });
    }
    if (process.missedPings === KILL_AFTER_MISSED_PINGS) this.#kill(process, 'still does not answer');
  }

  #kill(process: ServiceProcess, why: string): void {
    this.#host.log.event('WARNING', `${this.name} ${why}, killing pid ${process.pid}`);
    process.kill();
  }

  #printsTooMuch({ pid }: ServiceProcess): void {
    const most = `${MAX_PRINTED_BYTES / 1024} KB a second`;
    this.#host.log.event('WARNING', `${this.name} prints more than ${most}, pid ${pid}: it is slowed down to that`);
  }

  #skipped({ from, to, lines }: DroppedLines): void {
    if (lines === 0) return;
    this.#host.gaps.add({ service: this.name, from, to, writtenAtStart: 0 });
    const [start, end] = [from, to].map((time) => new Date(this.#host.timeline.toTimeStamp(time)).toISOString());
    this.#host.log.event('WARNING', `${this.name} skipped ${lines} lines due from ${start} to ${end}`);
  }

  #ended(exit: Exit): void {
    this.#openGap();
    if (this.#lifecycle.kind === 'stopping') {
      this.#enter({ kind: 'stopped' });
      return;
    }
    this.#lastExit = describeExit(exit);
    this.#host.onCrash(this);
    this.#scheduleRestart(exit);
  }

  /**
   * Unless it wrote until its end was agreed on, nobody knows what else it would have written: that is a gap. So is what
   * was due from its begin on if it ends before it has been told a world.
   */
  #openGap(): void {
    const { time, count } = this.stats.last;
    const from = this.#from;
    if (from !== undefined && !this.#isComplete) {
      this.#host.gaps.open(this.name, Math.max(time, from), time >= from ? count : 0);
    }
    this.#isWriting = false;
  }

  #scheduleRestart(exit: Exit): void {
    const { log } = this.#host;
    const failure = { at: performance.now(), ranMs: exit.ranMs, wasReady: exit.wasReady, random: Math.random() };
    const decision = afterFailure(this.#history, failure);
    this.#history = decision.history;
    if (decision.action === 'give-up') {
      this.#enter({ kind: 'failed' });
      const command = `npm run services -- restart ${this.name}`;
      log.event(
        'ERROR',
        `${this.name} ${describeCrash(exit)}; it failed too often and stays down; fix it, then: ${command}`,
      );
      return;
    }
    const { delayMs } = decision;
    const when = delayMs === 0 ? 'at once' : `in ${delayMs / 1000} s`;
    log.event('WARNING', `${this.name} ${describeCrash(exit)}; restarting ${when}`);
    const timer = setTimeout(() => this.spawn(), delayMs);
    this.#enter({ kind: 'backing-off', until: Date.now() + delayMs, timer });
  }

  #leavePhase(): void {
    if (this.#lifecycle.kind === 'backing-off') clearTimeout(this.#lifecycle.timer);
  }

  #enter(phase: LifecycleState): void {
    this.#lifecycle = phase;
    this.observableState.set(phase.kind);
  }
}
