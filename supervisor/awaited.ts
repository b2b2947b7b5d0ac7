/** A value that comes from outside, or `late` when it has not come in time. */
export class Awaited<Value> {
  readonly value: Promise<Value>;
  readonly #resolve: (value: Value) => void;
  readonly #timer: NodeJS.Timeout;

  constructor(timeoutMs: number, late: Value) {
    let resolve: (value: Value) => void = () => {};
    this.value = new Promise((settle) => {
      resolve = settle;
    });
    this.#resolve = resolve;
    this.#timer = setTimeout(resolve, timeoutMs, late);
  }

  settle(value: Value): void {
    clearTimeout(this.#timer);
    this.#resolve(value);
  }
}
