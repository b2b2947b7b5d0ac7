export interface PrintTimesOptions {
  /** Time of the last line of the service's earlier processes, in ms since the Unix epoch; undefined without any. */
  readonly last: number | undefined;
  /** The instant from which on the process writes records, in ms since the Unix epoch; undefined while that is open. */
  readonly from: () => number | undefined;
  /** The clock, in ms since the Unix epoch. */
  readonly now?: () => number;
}

/**
 * Dates what one process prints, which bears no time of its own, so that the lines of its service stay in order of
 * time: no earlier than the last line, and no later than the records that still follow.
 *
 * What follows cannot be told from the clock, for the process, its output and the supervisor may each be late. It is
 * the process that says up to when it has written.
 */
export class PrintTimes {
  readonly #from: () => number | undefined;
  readonly #now: () => number;
  #last: number;
  #records = 0;
  #reached: { readonly records: number; readonly until: number } | undefined;

  constructor({ last = Number.NEGATIVE_INFINITY, from, now = Date.now }: PrintTimesOptions) {
    this.#last = last;
    this.#from = from;
    this.#now = now;
  }

  /** Time of the service's last line, in ms since the Unix epoch; undefined when it has none. */
  get last(): number | undefined {
    return Number.isFinite(this.#last) ? this.#last : undefined;
  }

  /** A record of that time, in ms since the Unix epoch, has arrived. */
  record(time: number): void {
    this.#records++;
    // The clock was set back: what is known of the time before says nothing of what follows.
    if (time < this.#last) this.#reached = undefined;
    this.#last = time;
  }

  /** The process has written everything before `until`, in ms since the Unix epoch, in so many records. */
  reached(records: number, until: number): void {
    this.#reached = { records, until };
  }

  /** The time of what is printed now, in ms since the Unix epoch. */
  print(): number {
    this.#last = Math.max(this.#last, this.#earliestRecord());
    return this.#last;
  }

  /** The records that still follow are no earlier than this. */
  #earliestRecord(): number {
    // The message may have overtaken records.
    if (this.#reached && this.#records >= this.#reached.records) return this.#reached.until;
    if (this.#records > 0) return Number.NEGATIVE_INFINITY;
    // As long as it is open, the instant at which it begins to write has not passed.
    const now = this.#now();
    return Math.min(now, this.#from() ?? now);
  }
}
