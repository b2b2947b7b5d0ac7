import type { FleetInfo, FleetState, Snapshot } from '../../../shared/page-api.ts';
import type { PageSink } from '../page-sink.ts';
import { formatEvent } from '../stream/event-stream.ts';
import { fingerprintOf } from './fleet-view.ts';

/** The state is sent this often even when nothing but numbers of lines has changed, in ms. */
const STATE_INTERVAL_MS = 1_000;

/** What of the fleet is sent to all its clients alike. */
export class FleetEvents {
  readonly #info: () => FleetInfo;
  readonly #state: () => FleetState;
  readonly #sink: Pick<PageSink, 'counts' | 'marks'>;
  #news = '';
  #fingerprint = '';
  #stateSentAt = Number.NEGATIVE_INFINITY;

  constructor(info: () => FleetInfo, state: () => FleetState, sink: Pick<PageSink, 'counts' | 'marks'>) {
    this.#info = info;
    this.#state = state;
    this.#sink = sink;
  }

  /** What has happened from the last `collect` but one to the last, as formatted events; empty if nothing has. */
  get news(): string {
    return this.#news;
  }

  /** Collects the news; to be called regularly while there are clients. */
  collect(): void {
    const { counts, marks } = this.#sink;
    this.#news = [
      ...this.#changedState(),
      ...counts.takeChanged().map((data) => formatEvent({ type: 'counts', data })),
      ...marks.takeNew().map((data) => formatEvent({ type: 'mark', data })),
    ].join('');
  }

  /** Everything up to now, as a formatted event. */
  snapshot(): string {
    const now = Date.now();
    const { counts, marks } = this.#sink;
    const snapshot: Snapshot = {
      fleet: this.#info(),
      state: this.#state(),
      history: counts.all(now),
      marks: marks.all(now),
    };
    return formatEvent({ type: 'snapshot', data: snapshot });
  }

  #changedState(): readonly string[] {
    const now = performance.now();
    const state = this.#state();
    const fingerprint = fingerprintOf(state);
    if (fingerprint === this.#fingerprint && now - this.#stateSentAt < STATE_INTERVAL_MS) return [];
    this.#fingerprint = fingerprint;
    this.#stateSentAt = now;
    return [formatEvent({ type: 'state', data: state })];
  }
}
