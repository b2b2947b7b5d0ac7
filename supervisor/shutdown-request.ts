/** The one way to ask for the end of the fleet, from wherever: the first asker's reason counts. */
export class ShutdownRequest {
  readonly requested: Promise<string>;
  #resolve: (reason: string) => void = () => {};
  readonly #abort = new AbortController();

  constructor() {
    this.requested = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  get isRequested(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Aborted when it has been asked. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  request(reason: string): void {
    this.#abort.abort();
    this.#resolve(reason);
  }
}
