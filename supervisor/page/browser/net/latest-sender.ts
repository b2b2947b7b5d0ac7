import type { Ratios } from '../../../../shared/ratios.ts';

/**
 * Sends ratios one request at a time: what is set meanwhile is merged and sent next, so that a slider that is dragged
 * floods nobody and its last value is always sent.
 */
export class LatestSender {
  readonly #send: (ratios: Ratios) => Promise<void>;
  #waiting: Ratios | null = null;
  #isSending = false;

  /** @param send never rejects */
  constructor(send: (ratios: Ratios) => Promise<void>) {
    this.#send = send;
  }

  push(ratios: Ratios): void {
    this.#waiting = { ...this.#waiting, ...ratios };
    if (!this.#isSending) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#isSending = true;
    for (let next = this.#waiting; next; next = this.#waiting) {
      this.#waiting = null;
      await this.#send(next);
    }
    this.#isSending = false;
  }
}
