import { RESYNC_TIMEOUT_MS } from '../../shared/timing.ts';
import { WakeUpTimer } from './wake-up-timer.ts';

/**
 * Wakes a service up, and knows whether it has read its messages. After a stall some may still be on their way: then the
 * service asks to resync, and the answer proves that everything sent before it has been read.
 *
 * All methods take the present, in ms of the world's time.
 */
export class SyncedWakeUp {
  readonly #timer: WakeUpTimer;
  readonly #sendResync: () => void;
  /** Undefined while no answer is outstanding. */
  #resyncSentAt: number | undefined;

  constructor(onWakeUp: () => void, sendResync: () => void) {
    this.#timer = new WakeUpTimer(onWakeUp);
    this.#sendResync = sendResync;
  }

  /** Replaces any wake-up scheduled before. */
  scheduleIn(ms: number, now: number): void {
    this.#timer.scheduleIn(ms, now);
  }

  /** Whether there may be unread messages from more than 250 ms ago: it is late or waits for an answer. */
  mayHaveUnread(now: number): boolean {
    return this.#resyncSentAt !== undefined || this.#timer.isLate(now);
  }

  /** Asks whether everything has been read; the next wake-up follows the answer. */
  resync(now: number): void {
    this.#timer.cancel();
    if (this.#resyncSentAt !== undefined) return;
    this.#resyncSentAt = now;
    this.#sendResync();
  }

  /** The answer: everything sent before it has been read. */
  onResynced(now: number): void {
    if (this.#resyncSentAt === undefined) return;
    const durationMs = now - this.#resyncSentAt;
    this.#resyncSentAt = undefined;
    if (durationMs > RESYNC_TIMEOUT_MS) this.resync(now);
    else this.scheduleIn(1, now);
  }
}
