import { Awaited } from '../async/deferred.ts';

/** What came of waiting for a version: it holds, its process has ended, or neither in time. */
export type Confirmation = 'holds' | 'ended' | 'late';

/**
 * Which version of the world holds in one process: it does once the process has said so and every line that it had
 * written by then has arrived, for the message may overtake the lines.
 */
export class VersionsInForce {
  #announced: readonly { readonly version: number; readonly lines: number }[] = [];
  #inForce = 0;
  #hasEnded = false;
  readonly #waiters = new Set<{ readonly version: number; readonly answer: Awaited<Confirmation> }>();

  /** The process says that `version` holds and that it has written `lines`, of which `arrived` have arrived. */
  announce(version: number, lines: number, arrived: number): void {
    this.#announced = [...this.#announced, { version, lines }];
    this.arrived(arrived);
  }

  /** That many lines have arrived. */
  arrived(lines: number): void {
    if (this.#announced.length === 0) return;
    for (const announced of this.#announced) {
      if (announced.lines <= lines) this.#inForce = Math.max(this.#inForce, announced.version);
    }
    this.#announced = this.#announced.filter((announced) => announced.lines > lines);
    for (const { version, answer } of this.#waiters) if (version <= this.#inForce) answer.settle('holds');
  }

  /** The process has ended and its last line has arrived. */
  end(): void {
    this.#hasEnded = true;
    for (const { answer } of this.#waiters) answer.settle('ended');
  }

  /** Waits until `version` or a later one holds. */
  async wait(version: number, timeoutMs: number): Promise<Confirmation> {
    if (version <= this.#inForce) return 'holds';
    if (this.#hasEnded) return 'ended';
    const waiter = { version, answer: new Awaited<Confirmation>().orAfter(timeoutMs, 'late') };
    this.#waiters.add(waiter);
    const confirmation = await waiter.answer.value;
    this.#waiters.delete(waiter);
    return confirmation;
  }
}
