import { performance } from 'node:perf_hooks';
import type { ServiceState, ServiceStatus } from '../../shared/control-api.ts';
import type { ServiceProgram } from '../../shared/service-program.ts';
import type { World } from '../../shared/world.ts';
import { Transitions } from '../async/observable-state.ts';
import { MAX_PRINTED_BYTES } from '../log/input/print-limit.ts';
import { PrintTimes } from '../log/input/print-times.ts';
import { ServiceOutput } from '../log/input/service-output.ts';
import type { Log } from '../log/log.ts';
import type { Gaps } from '../world/gaps.ts';
import type { Timeline } from '../world/timeline.ts';
import { describeExit, type Exit, obituary } from './exit.ts';
import { ShareTally } from './line-stats.ts';
import { afterFailure, NO_FAILURES } from './restart-policy.ts';
import { ServiceProcess, type Skipped } from './service-process.ts';

/** Unanswered pings after which a process counts as unresponsive, and after which it is killed. */
const UNRESPONSIVE_AFTER = 3;
const KILLED_AFTER = 7;

/** Unanswered pings after which a process is no longer waited for that loads: one that loads answers none. */
const NOT_READY_AFTER = 30;

export interface ServiceHost {
  readonly log: Log;
  readonly gaps: Gaps;
  readonly timeline: Pick<Timeline, 'toTimeStamp'>;
  /** The process has loaded and waits for its world. */
  cameUp(service: Service): void;
  /** The process is gone without anybody having asked for it. */
  wentDown(service: Service): void;
}

/** Where it stands; with a process, that process. */
type Phase =
  | { readonly is: 'starting' | 'up' | 'unresponsive' | 'stopping'; readonly process: ServiceProcess }
  | { readonly is: 'backing-off'; readonly until: number; readonly timer: NodeJS.Timeout }
  | { readonly is: 'stopped' | 'failed' };

/** One service over all its processes: whatever ends unasked is restarted, whatever was asked for is not. */
export class Service {
  readonly program: ServiceProgram;
  readonly tally = new ShareTally();
  readonly transitions = new Transitions<ServiceState>('stopped');
  readonly #host: ServiceHost;
  #phase: Phase = { is: 'stopped' };
  #from: number | undefined;
  #isWriting = false;
  #isComplete = false;
  #printTimes: PrintTimes | undefined;
  #history = NO_FAILURES;
  #launches = 0;
  #lastExit: string | undefined;

  constructor(program: ServiceProgram, host: ServiceHost) {
    this.program = program;
    this.#host = host;
  }

  get name(): string {
    return this.program.name;
  }

  get state(): ServiceState {
    return this.#phase.is;
  }

  get lastExit(): string | undefined {
    return this.#lastExit;
  }

  /** Its present process, until the last byte of that has arrived. */
  get process(): ServiceProcess | undefined {
    return 'process' in this.#phase ? this.#phase.process : undefined;
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
  get isWaiting(): boolean {
    return this.#phase.is === 'starting' && this.#phase.process.isReady;
  }

  status(ratio: number): ServiceStatus {
    const { process } = this;
    return {
      name: this.name,
      logName: this.program.logName,
      state: this.state,
      pid: process?.pid ?? null,
      uptimeMs: process ? Math.round(process.uptimeMs) : null,
      restarts: Math.max(0, this.#launches - 1),
      ratio,
      lines: this.tally.lines,
      linesSinceChange: this.tally.linesSince,
      badSinceChange: this.tally.badSince,
      nextTryAt: this.#phase.is === 'backing-off' ? this.#phase.until : null,
      lastExit: this.#lastExit ?? null,
    };
  }

  /** Forks a process for a service that has none. With `from`, it is to write from that instant on. */
  launch(from?: number): void {
    this.#leavePhase();
    this.#from = from;
    this.#isWriting = false;
    this.#launches++;
    const fromStamp = () => this.#from && this.#host.timeline.toTimeStamp(this.#from);
    this.#printTimes = new PrintTimes({ last: this.#printTimes?.last, from: fromStamp });
    const output = new ServiceOutput(this.program.logName, this.#host.log, this.tally, this.#printTimes);
    const process = new ServiceProcess(this.program, output, {
      ready: () => this.isWaiting && this.#host.cameUp(this),
      skipped: (gap) => this.#skipped(gap),
      printsTooMuch: () => this.#printsTooMuch(process),
      ended: (exit) => this.#ended(exit),
    });
    this.#enter({ is: 'starting', process });
  }

  /** Tells its process the world. One that waits begins at the instant it was launched with, or else at `from`. */
  tell(version: number, world: World, from: number): void {
    const { process } = this;
    if (!process) return;
    if (this.#isWriting) {
      process.tell(version, world);
      return;
    }
    this.#from ??= from;
    this.#isWriting = true;
    this.#isComplete = false;
    this.#host.gaps.close(this.name, this.#from);
    process.tell(version, world, this.#from);
    this.#host.log.say('INFO', `${this.name} is up, pid ${process.pid}`);
    this.#enter({ is: 'up', process });
  }

  /** Records that it is meant to end, whatever happens now. */
  intendStop(): void {
    const { process } = this;
    this.#leavePhase();
    this.#enter(process ? { is: 'stopping', process } : { is: 'stopped' });
  }

  /** All that its process was to write has arrived. */
  complete(): void {
    this.#isComplete = true;
  }

  /** Forgets its failures: an operator has taken it in hand. */
  forgive(): void {
    this.#history = NO_FAILURES;
  }

  /** Notices a process that does not answer or does not get ready, and kills it. To be called once a second. */
  checkHealth(): void {
    const { is } = this.#phase;
    const { process } = this;
    if (!process || is === 'stopping') return;
    if (is === 'starting') {
      if (process.unanswered === NOT_READY_AFTER) this.#kill(process, `was not ready within ${NOT_READY_AFTER} s`);
    } else this.#checkAnswers(process);
    process.ping();
  }

  #checkAnswers(process: ServiceProcess): void {
    const { is } = this.#phase;
    if (process.unanswered === 0 && is === 'unresponsive') this.#enter({ is: 'up', process });
    if (process.unanswered === UNRESPONSIVE_AFTER) {
      this.#host.log.say('WARNING', `${this.name} does not answer, pid ${process.pid}`);
      this.#enter({ is: 'unresponsive', process });
    }
    if (process.unanswered === KILLED_AFTER) this.#kill(process, 'still does not answer');
  }

  #kill(process: ServiceProcess, why: string): void {
    this.#host.log.say('WARNING', `${this.name} ${why}, killing pid ${process.pid}`);
    process.kill();
  }

  #printsTooMuch({ pid }: ServiceProcess): void {
    const most = `${MAX_PRINTED_BYTES / 1024} KB a second`;
    this.#host.log.say('WARNING', `${this.name} prints more than ${most}, pid ${pid}: it is slowed down to that`);
  }

  #skipped({ from, to, lines }: Skipped): void {
    if (lines === 0) return;
    this.#host.gaps.add({ service: this.name, from, to, kept: 0 });
    const [start, end] = [from, to].map((time) => new Date(this.#host.timeline.toTimeStamp(time)).toISOString());
    this.#host.log.say('WARNING', `${this.name} skipped ${lines} lines due from ${start} to ${end}`);
  }

  #ended(exit: Exit): void {
    this.#fallSilent();
    if (this.#phase.is === 'stopping') {
      this.#enter({ is: 'stopped' });
      return;
    }
    this.#lastExit = describeExit(exit);
    this.#host.wentDown(this);
    this.#recover(exit);
  }

  /**
   * Unless it wrote until its end was agreed on, nobody knows what else it would have written: that is a gap. So is what
   * was due from its begin on if it ends before it has been told a world.
   */
  #fallSilent(): void {
    const { time, count } = this.tally.last;
    const from = this.#from;
    if (from !== undefined && !this.#isComplete) {
      this.#host.gaps.open(this.name, Math.max(time, from), time >= from ? count : 0);
    }
    this.#isWriting = false;
  }

  #recover(exit: Exit): void {
    const { log } = this.#host;
    const failure = { at: performance.now(), ranMs: exit.ranMs, wasReady: exit.wasReady, draw: Math.random() };
    const verdict = afterFailure(this.#history, failure);
    this.#history = verdict.history;
    if (verdict.action === 'give-up') {
      this.#enter({ is: 'failed' });
      const command = `npm run services -- restart ${this.name}`;
      log.say('ERROR', `${this.name} ${obituary(exit)}; it failed too often and stays down; fix it, then: ${command}`);
      return;
    }
    const { afterMs } = verdict;
    const when = afterMs === 0 ? 'at once' : `in ${afterMs / 1000} s`;
    log.say('WARNING', `${this.name} ${obituary(exit)}; restarting ${when}`);
    const timer = setTimeout(() => this.launch(), afterMs);
    this.#enter({ is: 'backing-off', until: Date.now() + afterMs, timer });
  }

  #leavePhase(): void {
    if (this.#phase.is === 'backing-off') clearTimeout(this.#phase.timer);
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.transitions.moved(phase.is);
  }
}
