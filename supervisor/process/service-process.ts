import { performance } from 'node:perf_hooks';
import { execaNode } from 'execa';
import type { FromService, ToService } from '../../shared/ipc.ts';
import type { ServiceProgram } from '../../shared/service-program.ts';
import type { World } from '../../shared/world.ts';
import { Deferred } from '../async/deferred.ts';
import { StallTolerantTimeout } from '../async/stall-tolerant-timeout.ts';
import { PrintLimit } from '../log/input/print-limit.ts';
import type { ServiceOutput } from '../log/input/service-output.ts';
import { AppliedVersions, type Confirmation } from '../world/applied-versions.ts';
import type { Exit } from './exit.ts';

/** How long a process has to leave after it was asked, and its pipes to close after it has left, in ms. */
const STOP_TIMEOUT_MS = 5_000;
const PIPE_CLOSE_TIMEOUT_MS = 1_000;

/** Lines that were due from `from` on and before `to`, in ms since the Unix epoch. */
export type DroppedLines = Pick<Extract<FromService, { type: 'dropped' }>, 'from' | 'to' | 'lines'>;

export interface ProcessEvents {
  /** It has loaded and waits for a world. */
  ready(): void;
  /** These lines will never be written. */
  skipped(skipped: DroppedLines): void;
  /** It prints more than is read of what is no record. Called once an episode. */
  printsTooMuch(): void;
  /** It has ended and all that it wrote has been handed on. Called once, always. */
  ended(exit: Exit): void;
}

/** One process of a service, from its fork to the last byte of its output. */
export class ServiceProcess {
  readonly #child: ReturnType<typeof fork>;
  readonly #output: ServiceOutput;
  readonly #events: ProcessEvents;
  readonly #printLimit: PrintLimit;
  readonly #versions = new AppliedVersions();
  readonly #startedAt = performance.now();
  #isReady = false;
  #hold: { readonly version: number; readonly until: Deferred<number | undefined> } | undefined;
  #pings = 0;
  #unanswered = 0;
  #killing: StallTolerantTimeout | undefined;
  #closing: StallTolerantTimeout | undefined;

  constructor(program: ServiceProgram, output: ServiceOutput, events: ProcessEvents) {
    this.#output = output;
    this.#events = events;
    this.#child = fork(program);
    const { stdout, stderr } = this.#child;
    this.#printLimit = new PrintLimit([stdout, stderr], () => events.printsTooMuch());
    stdout.on('data', (chunk: Buffer) => {
      output.stdout(chunk);
      this.#versions.linesReceived(output.records);
      this.#printLimit.check(output.printedBytes);
    });
    stderr.on('data', (chunk: Buffer) => {
      output.stderr(chunk);
      this.#printLimit.check(output.printedBytes);
    });
    this.#child.on('message', (message) => this.#receive(message as FromService));
    this.#child.once('exit', () => this.#destroyPipesAfterExit());
    void this.#handleExit();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  get uptimeMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** Pings sent since it last answered one. */
  get missedPings(): number {
    return this.#unanswered;
  }

  /** Tells it the world; with `from`, also the instant from which on it writes. */
  sendWorld(version: number, world: World, from?: number): void {
    this.#send(from === undefined ? { type: 'commit', version, world } : { type: 'commit', version, world, from });
  }

  /**
   * Asks it to write nothing more until the world of that version comes.
   * @returns the instant up to which it has written; undefined when it has ended or does not say so in time
   */
  prepare(version: number, timeoutMs: number): Promise<number | undefined> {
    // One that does not even empty its pipe stood still, and asks before it writes.
    const until = new Deferred<number | undefined>().withTimeout(2 * timeoutMs, undefined);
    this.#hold = { version, until };
    // Counted from when it is in the pipe: until then the process has had no chance to read it.
    this.#send({ type: 'prepare', version }, () => until.withTimeout(timeoutMs, undefined));
    return until.promise;
  }

  /** Waits until that version of the world holds and every line from before it has arrived. */
  whenApplied(version: number, timeoutMs: number): Promise<Confirmation> {
    return this.#versions.wait(version, timeoutMs);
  }

  /** Has it write nothing, or go on; changes of the world are confirmed all the same. */
  pause(isPaused: boolean): void {
    this.#send({ type: isPaused ? 'pause' : 'resume' });
  }

  ping(): void {
    this.#unanswered++;
    this.#send({ type: 'ping', id: ++this.#pings });
  }

  /** Asks it to leave in every way there is; it is killed when it has not within five seconds. */
  stop(): void {
    this.#send({ type: 'stop' });
    this.#child.kill('SIGTERM');
    // A stopped process takes its SIGTERM only when it goes on.
    this.#child.kill('SIGCONT');
    this.#killing ??= new StallTolerantTimeout(STOP_TIMEOUT_MS, () => this.kill());
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** A channel that is broken, or breaks at this very moment, is the end of the process, which is noticed anyway. */
  #send(message: ToService, sent: () => void = () => {}): void {
    if (this.#child.connected) this.#child.send(message, sent);
    else sent();
  }

  #receive(message: FromService): void {
    switch (message?.type) {
      case 'ready':
        this.#isReady = true;
        this.#events.ready();
        break;
      case 'prepared':
        if (message.version === this.#hold?.version) this.#hold.until.resolve(message.until);
        break;
      case 'applied':
        this.#versions.acknowledge(message.version, message.lines, this.#output.records);
        break;
      case 'pong':
        this.#unanswered = 0;
        this.#output.reached(message.lines, message.until);
        break;
      case 'resync':
        this.#send({ type: 'resynced' });
        break;
      case 'dropped':
        this.#events.skipped(message);
        break;
      default:
        // A service module may use the channel for its own; that is no message to us.
        message satisfies undefined;
    }
  }

  /** Its pipes stay open as long as a process of its own has them; its end must not wait for that. */
  #destroyPipesAfterExit(): void {
    this.#printLimit.lift();
    this.#closing = new StallTolerantTimeout(PIPE_CLOSE_TIMEOUT_MS, () => {
      this.#child.stdout.destroy();
      this.#child.stderr.destroy();
    });
  }

  async #handleExit(): Promise<void> {
    const { exitCode, signal, originalMessage } = await this.#child;
    this.#killing?.cancel();
    this.#closing?.cancel();
    this.#output.end();
    this.#versions.end();
    this.#hold?.until.resolve(undefined);
    this.#events.ended({
      code: exitCode,
      signal,
      error: originalMessage,
      wasReady: this.#isReady,
      ranMs: this.uptimeMs,
      stderrTail: this.#output.stderrTail,
    });
  }
}

function fork({ file, args, input }: ServiceProgram) {
  return execaNode(file, args, {
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    buffer: false,
    reject: false,
    cleanup: false,
    forceKillAfterDelay: false,
    encoding: 'buffer',
  });
}
