/** Which sinks do not keep up. The services pause while there is at least one. */
export class Backpressure {
  readonly #slowSinks = new Set<string>();
  readonly #onSlow: (sink: string) => void;
  readonly #onChange: (isPaused: boolean) => void;
  #isEnabled = false;

  /**
   * @param onSlow called with the name of each sink that no longer keeps up
   * @param onChange called with true when the services must pause, and with false when they may resume
   */
  constructor(onSlow: (sink: string) => void, onChange: (isPaused: boolean) => void) {
    this.#onSlow = onSlow;
    this.#onChange = onChange;
  }

  /** Starts to report: from now on there are services that can pause. */
  enable(): void {
    this.#isEnabled = true;
    if (this.#slowSinks.size > 0) this.#onChange(true);
  }

  /** The callback for a sink: true when it no longer keeps up, false when it does again. */
  of(sink: string): (isHigh: boolean) => void {
    return (isHigh) => {
      const wasPaused = this.#slowSinks.size > 0;
      if (isHigh) this.#slowSinks.add(sink);
      else this.#slowSinks.delete(sink);
      if (!this.#isEnabled) return;
      if (isHigh) this.#onSlow(sink);
      if (this.#slowSinks.size > 0 !== wasPaused) this.#onChange(!wasPaused);
    };
  }
}
