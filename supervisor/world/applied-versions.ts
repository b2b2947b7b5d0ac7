import { Deferred } from '../async/deferred.ts';

/** What came of waiting for a version: it holds, its process has ended, or neither in time. */
export type Confirmation = 'applied' | 'ended' | 'late';

/**
 * Which version of the world holds in one process: it does once the process has said so and every line that it had
 * written by then has arrived, for the message may overtake the lines.
 */
export class AppliedVersions {
  #acknowledged: readonly { readonly version: number; readonly lines: number }[] = [];
  #applied = 0;
  #hasEnded = false;
  readonly #waiters = new Set<{ readonly version: number; readonly answer: Deferred<Confirmation> }>();

  /** The process says that `version` holds and that it has written `lines`, of which `linesReceived` have arrived. */
  acknowledge(version: number, lines: number, linesReceived: number): void {
    this.#acknowledged = [...this.#acknowledged, { version, lines }];
    this.linesReceived(linesReceived);
  }

  /** That many lines have arrived. */
  linesReceived(lines: number): void {
    if (this.#acknowledged.length === 0) return;
    for (const acknowledged of this.#acknowledged) {
      if (acknowledged.lines <= lines) this.#applied = Math.max(this.#applied, acknowledged.version);
    }
    this.#acknowledged = this.#acknowledged.filter((acknowledged) => acknowledged.lines > lines);
    for (const { version, answer } of this.#waiters) if (version <= this.#applied) answer.resolve('applied');
  }

  /** The process has ended and its last line has arrived. */
  end(): void {
    this.#hasEnded = true;
    for (const { answer } of this.#waiters) answer.resolve('ended');
  }

  /** Waits until `version` or a later one holds. */
  async wait(version: number, timeoutMs: number): Promise<Confirmation> {
    if (version <= this.#applied) return 'applied';
    if (this.#hasEnded) return 'ended';
    const waiter = { version, answer: new Deferred<Confirmation>().withTimeout(timeoutMs, 'late') };
    this.#waiters.add(waiter);
    const confirmation = await waiter.answer.promise;
    this.#waiters.delete(waiter);
    return confirmation;
  }
}
