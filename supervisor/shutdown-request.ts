/** The request to shut the fleet down, wherever it comes from. The first reason counts. */
export class ShutdownRequest {
  /** Resolves with the reason. */
  readonly requested: Promise<string>;
  #resolve: (reason: string) => void = () => {};
  readonly #abort = new AbortController();
  #exitStatus = 0;

  constructor() {
    this.requested = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  get isRequested(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Aborted at the request. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Exit status of the supervisor: of the last request that failed, or 0. */
  get exitStatus(): number {
    return this.#exitStatus;
  }

  /** @param exitStatus 0 unless something failed */
  request(reason: string, exitStatus = 0): void {
    if (exitStatus !== 0) this.#exitStatus = exitStatus;
    this.#abort.abort();
    this.#resolve(reason);
  }
}
