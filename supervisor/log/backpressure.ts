/** The sinks that do not keep up at present. The services pause as long as there is one. */
export class Backpressure {
  readonly #slow = new Set<string>();
  readonly #onSlow: (sink: string) => void;
  readonly #onChange: (isPaused: boolean) => void;
  #isEnabled = false;

  /**
   * @param onSlow is passed the name of each sink that no longer keeps up
   * @param onChange is called when the services are to pause (true) and to go on (false)
   */
  constructor(onSlow: (sink: string) => void, onChange: (isPaused: boolean) => void) {
    this.#onSlow = onSlow;
    this.#onChange = onChange;
  }

  /** From now on there are services that can pause. */
  enable(): void {
    this.#isEnabled = true;
    if (this.#slow.size > 0) this.#onChange(true);
  }

  /** What the sink of that name calls: with true when it does not keep up, with false when it does again. */
  of(sink: string): (isHigh: boolean) => void {
    return (isHigh) => {
      const wasPaused = this.#slow.size > 0;
      if (isHigh) this.#slow.add(sink);
      else this.#slow.delete(sink);
      if (!this.#isEnabled) return;
      if (isHigh) this.#onSlow(sink);
      if (this.#slow.size > 0 !== wasPaused) this.#onChange(!wasPaused);
    };
  }
}
