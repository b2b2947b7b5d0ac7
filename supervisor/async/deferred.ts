import { StallTolerantTimeout } from './stall-tolerant-timeout.ts';

/** A promise that is resolved from outside. */
export class Deferred<Value> {
  readonly promise: Promise<Value>;
  #resolve: (value: Value) => void = () => {};
  #timeout: StallTolerantTimeout | undefined;
  #isResolved = false;

  constructor() {
    this.promise = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** Resolves with `fallback` unless another value comes within `ms` from now; replaces an earlier timeout. */
  withTimeout(ms: number, fallback: Value): this {
    this.#timeout?.cancel();
    if (!this.#isResolved) this.#timeout = new StallTolerantTimeout(ms, () => this.resolve(fallback));
    return this;
  }

  /** Only the first call has an effect. */
  resolve(value: Value): void {
    this.#isResolved = true;
    this.#timeout?.cancel();
    this.#resolve(value);
  }
}
