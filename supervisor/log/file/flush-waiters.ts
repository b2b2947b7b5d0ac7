interface Waiter {
  readonly upTo: number;
  /** Waits also while nothing can be written. */
  readonly isPatient: boolean;
  readonly resolve: () => void;
}

/** Those who wait until so many batches are written. */
export class FlushWaiters {
  #waiters: readonly Waiter[] = [];

  /** @param isPatient false for one that `giveUp` lets go */
  wait(upTo: number, isPatient: boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters = [...this.#waiters, { upTo, isPatient, resolve }];
    });
  }

  /** So many batches are written. */
  written(batches: number): void {
    this.#release(({ upTo }) => upTo <= batches);
  }

  /** Nothing can be written at present. */
  giveUp(): void {
    this.#release(({ isPatient }) => !isPatient);
  }

  #release(isDone: (waiter: Waiter) => boolean): void {
    const done = this.#waiters.filter(isDone);
    if (done.length === 0) return;
    this.#waiters = this.#waiters.filter((waiter) => !done.includes(waiter));
    for (const { resolve } of done) resolve();
  }
}
