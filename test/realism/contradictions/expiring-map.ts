/** A map that forgets what was set long ago. Times must not decrease. */
export class ExpiringMap<K, V> {
  readonly #keepMs: number;
  readonly #entries = new Map<K, { readonly value: V; readonly time: number }>();

  /** @param keepMs how long an entry is kept, in ms */
  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  set(key: K, value: V, time: number): void {
    // A map is in order of insertion, so the oldest stand first.
    this.#entries.delete(key);
    this.#entries.set(key, { value, time });
    for (const [old, entry] of this.#entries) {
      if (time - entry.time <= this.#keepMs) break;
      this.#entries.delete(old);
    }
  }

  /** The value, unless it is too old at `time`. */
  get(key: K, time: number): V | undefined {
    const entry = this.#entries.get(key);
    return entry && time - entry.time <= this.#keepMs ? entry.value : undefined;
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }
}
