/** What is known before the process writes anything. */
export interface PrintTimesOptions {
  /** Time of the last line of the service's earlier processes, in ms since the Unix epoch; undefined without any. */
  readonly last: number | undefined;
  /** Instant from which the process writes records, in ms since the Unix epoch; undefined while that is unknown. */
  readonly from: () => number | undefined;
  /** The clock, in ms since the Unix epoch. */
  readonly now?: () => number;
}

/**
 * Dates what one process prints, which has no time of its own, so that the lines of the service stay in order of time:
 * no earlier than the last line, and no later than the records still to come.
 *
 * The clock does not tell when those are due, since the process, its output and the supervisor may each be late. The
 * process itself reports up to when it has written.
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

  /** Records of the process so far. */
  get records(): number {
    return this.#records;
  }

  /** A record has arrived; `time` is in ms since the Unix epoch. */
  record(time: number): void {
    this.#records++;
    // The clock was set back: what the process reported before it says nothing about the records to come.
    if (time < this.#last) this.#reached = undefined;
    this.#last = time;
  }

  /** The process reports that everything before `until`, in ms since the Unix epoch, is in its first `records` records. */
  reached(records: number, until: number): void {
    this.#reached = { records, until };
  }

  /** The time for what is printed now, in ms since the Unix epoch. */
  print(): number {
    this.#last = Math.max(this.#last, this.#earliestNext());
    return this.#last;
  }

  /** A lower bound for the time of the next record. */
  #earliestNext(): number {
    // The report may have overtaken records.
    if (this.#reached && this.#records >= this.#reached.records) return this.#reached.until;
    if (this.#records > 0) return Number.NEGATIVE_INFINITY;
    // While `from` is unknown, it is still to come.
    const now = this.#now();
    return Math.min(now, this.#from() ?? now);
  }
}
