import { Deadline } from './stall-tolerant-timeout.ts';

/** A value that comes from outside. */
export class Awaited<Value> {
  readonly value: Promise<Value>;
  readonly #resolve: (value: Value) => void;
  #deadline: Deadline | undefined;
  #isSettled = false;

  constructor() {
    let resolve: (value: Value) => void = () => {};
    this.value = new Promise((settle) => {
      resolve = settle;
    });
    this.#resolve = resolve;
  }

  /** From now on, whatever was said before, it is waited for so many ms; then the value is `late`. */
  orAfter(ms: number, late: Value): this {
    this.#deadline?.cancel();
    if (!this.#isSettled) this.#deadline = new Deadline(ms, () => this.settle(late));
    return this;
  }

  settle(value: Value): void {
    this.#isSettled = true;
    this.#deadline?.cancel();
    this.#resolve(value);
  }
}
