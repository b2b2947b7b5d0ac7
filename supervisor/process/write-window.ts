import type { Gaps } from '../world/gaps.ts';
import type { LineStats } from './line-stats.ts';

/** From when the current process of a service writes, and the gap that it leaves when it exits. */
export class WriteWindow {
  readonly #service: string;
  readonly #gaps: Gaps;
  #from: number | undefined;
  #isOpen = false;
  #isComplete = false;

  constructor(service: string, gaps: Gaps) {
    this.#service = service;
    this.#gaps = gaps;
  }

  /** Instant from which the process writes, in ms of the world's time; undefined while that is not decided. */
  get from(): number | undefined {
    return this.#from;
  }

  /** Whether the process writes. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** There is a new process. With `from`, it has to write from that instant on. */
  reset(from: number | undefined): void {
    this.#from = from;
    this.#isOpen = false;
    this.#isComplete = false;
  }

  /**
   * The process starts to write, at `at` unless an earlier `reset` decided otherwise.
   * @returns the instant from which it writes
   */
  open(at: number): number {
    this.#from ??= at;
    this.#isOpen = true;
    this.#gaps.close(this.#service, this.#from);
    return this.#from;
  }

  /** Every line that the process had to write has arrived. */
  markComplete(): void {
    this.#isComplete = true;
  }

  /**
   * The process has exited. What it would have written after its last record is a gap, unless it was complete; so is
   * everything from its start on if it exits before it writes.
   */
  close({ time, count }: LineStats['last']): void {
    this.#isOpen = false;
    if (this.#from === undefined || this.#isComplete) return;
    this.#gaps.open(this.#service, Math.max(time, this.#from), time >= this.#from ? count : 0);
  }
}
