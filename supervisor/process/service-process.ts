import type { FromService } from '../../shared/ipc.ts';
import type { ServiceProgram } from '../../shared/service-program.ts';
import type { World } from '../../shared/world.ts';
import { Deferred } from '../async/deferred.ts';
import { PrintLimit } from '../log/input/print-limit.ts';
import type { ServiceOutput } from '../log/input/service-output.ts';
import { AppliedVersions, type Confirmation } from '../world/applied-versions.ts';
import { Child } from './child.ts';
import type { Exit } from './exit.ts';

/** Lines that were due from `from` on and before `to`, in ms of the world's time. */
export type DroppedLines = Pick<Extract<FromService, { type: 'dropped' }>, 'from' | 'to' | 'lines'>;

/** Callbacks of a process. */
export interface ProcessEvents {
  /** It has loaded and waits for a world. */
  onReady(): void;
  /** These lines will never be written. */
  onDropped(dropped: DroppedLines): void;
  /** It prints more than is read of what is not a record. Called once per episode. */
  onPrintLimit(): void;
  /** It has exited and its whole output was passed on. Always called, once. */
  onExit(exit: Exit): void;
}

/** The protocol with one process of a service, from its fork to the last byte of its output. */
export class ServiceProcess {
  readonly #child: Child;
  readonly #output: ServiceOutput;
  readonly #events: ProcessEvents;
  readonly #versions = new AppliedVersions();
  #isReady = false;
  #prepare: { readonly version: number; readonly writtenUntil: Deferred<number | undefined> } | undefined;
  #pings = 0;
  #missedPings = 0;

  constructor(program: ServiceProgram, output: ServiceOutput, events: ProcessEvents) {
    this.#output = output;
    this.#events = events;
    this.#child = new Child(program);
    const { stdout, stderr } = this.#child;
    const printLimit = new PrintLimit([stdout, stderr], () => events.onPrintLimit());
    stdout.on('data', (chunk: Buffer) => {
      output.stdout(chunk);
      this.#versions.linesReceived(output.records);
      printLimit.check(output.printedBytes);
    });
    stderr.on('data', (chunk: Buffer) => {
      output.stderr(chunk);
      printLimit.check(output.printedBytes);
    });
    this.#child.onMessage((message) => this.#receive(message as FromService));
    this.#child.onExit(() => printLimit.lift());
    void this.#handleExit();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  get uptimeMs(): number {
    return this.#child.uptimeMs;
  }

  /** Pings sent since it last answered one. */
  get missedPings(): number {
    return this.#missedPings;
  }

  /** @param from instant from which it writes, with the first world; in ms of the world's time */
  sendWorld(version: number, world: World, from?: number): void {
    this.#child.send(
      from === undefined ? { type: 'commit', version, world } : { type: 'commit', version, world, from },
    );
  }

  /**
   * Asks it to write nothing more until it is sent the world of that version.
   * @returns the instant up to which it has written, in ms of the world's time; undefined if it exits or does not answer
   */
  prepare(version: number, timeoutMs: number): Promise<number | undefined> {
    // If it does not even empty its pipe, it has stalled and will resync before it writes.
    const writtenUntil = new Deferred<number | undefined>().withTimeout(2 * timeoutMs, undefined);
    this.#prepare = { version, writtenUntil };
    // Counted from when the message is in the pipe: the process could not read it earlier.
    this.#child.send({ type: 'prepare', version }, () => writtenUntil.withTimeout(timeoutMs, undefined));
    return writtenUntil.promise;
  }

  /** Waits until that version of the world is in effect and every line from before it has arrived. */
  whenApplied(version: number, timeoutMs: number): Promise<Confirmation> {
    return this.#versions.wait(version, timeoutMs);
  }

  /** Makes it write nothing, or resume; changes of the world are confirmed in either case. */
  pause(isPaused: boolean): void {
    this.#child.send({ type: isPaused ? 'pause' : 'resume' });
  }

  ping(): void {
    this.#missedPings++;
    this.#child.send({ type: 'ping', id: ++this.#pings });
  }

  /** Asks it to exit by message and by signal; it is killed if it has not after five seconds. */
  stop(): void {
    this.#child.send({ type: 'stop' });
    this.#child.terminate();
  }

  kill(): void {
    this.#child.kill();
  }

  #receive(message: FromService): void {
    switch (message?.type) {
      case 'ready':
        this.#isReady = true;
        this.#events.onReady();
        break;
      case 'prepared':
        if (message.version === this.#prepare?.version) this.#prepare.writtenUntil.resolve(message.until);
        break;
      case 'applied':
        this.#versions.acknowledge(message.version, message.lines, this.#output.records);
        break;
      case 'pong':
        this.#missedPings = 0;
        this.#output.reached(message.lines, message.until);
        break;
      case 'resync':
        this.#child.send({ type: 'resynced' });
        break;
      case 'dropped':
        this.#events.onDropped(message);
        break;
      default:
        // A service module may use the channel for messages of its own.
        message satisfies undefined;
    }
  }

  async #handleExit(): Promise<void> {
    const exit = await this.#child.closed;
    this.#output.end();
    this.#versions.exited();
    this.#prepare?.writtenUntil.resolve(undefined);
    const { uptimeMs: ranMs } = this.#child;
    this.#events.onExit({ ...exit, wasReady: this.#isReady, ranMs, stderrTail: this.#output.stderrTail });
  }
}
