import { Deferred } from '../async/deferred.ts';

/** Result of waiting for a version: it is in effect, its process has exited, or neither happened in time. */
export type Confirmation = 'applied' | 'exited' | 'timed-out';

/** A version that the process has reported as applied after it had written so many lines. */
interface Acknowledgement {
  readonly version: number;
  readonly lines: number;
}

/**
 * Which version of the world is in effect in one process: the latest that it has acknowledged and from before which
 * every line has arrived. Both are needed, for the message may overtake the lines.
 */
export class AppliedVersions {
  #acknowledged: readonly Acknowledgement[] = [];
  #applied = 0;
  #hasExited = false;
  readonly #waiters = new Set<{ readonly version: number; readonly result: Deferred<Confirmation> }>();

  /** The process reports that `version` is in effect after `lines`; so far `linesReceived` have arrived. */
  acknowledge(version: number, lines: number, linesReceived: number): void {
    this.#acknowledged = [...this.#acknowledged, { version, lines }];
    this.linesReceived(linesReceived);
  }

  /** So many lines have arrived in all. */
  linesReceived(lines: number): void {
    if (this.#acknowledged.length === 0) return;
    for (const acknowledged of this.#acknowledged) {
      if (acknowledged.lines <= lines) this.#applied = Math.max(this.#applied, acknowledged.version);
    }
    this.#acknowledged = this.#acknowledged.filter((acknowledged) => acknowledged.lines > lines);
    for (const { version, result } of this.#waiters) if (version <= this.#applied) result.resolve('applied');
  }

  /** The process has exited and its last line has arrived. */
  exited(): void {
    this.#hasExited = true;
    for (const { result } of this.#waiters) result.resolve('exited');
  }

  /** Waits until `version` or a later one is in effect. */
  async wait(version: number, timeoutMs: number): Promise<Confirmation> {
    if (version <= this.#applied) return 'applied';
    if (this.#hasExited) return 'exited';
    const waiter = { version, result: new Deferred<Confirmation>().withTimeout(timeoutMs, 'timed-out') };
    this.#waiters.add(waiter);
    const confirmation = await waiter.result.promise;
    this.#waiters.delete(waiter);
    return confirmation;
  }
}
