/** How the user is notified: by a line of the supervisor's own. */
export type Notify = (level: 'INFO' | 'WARNING' | 'ERROR', message: string) => void;

/** Whether a file can be written, and how many lines were lost; notifies once of every change. */
export class WriteHealth {
  readonly #notify: Notify;
  #isFailing = false;
  #isCatchingUp = false;
  #lost = 0;

  constructor(notify: Notify) {
    this.#notify = notify;
  }

  get isFailing(): boolean {
    return this.#isFailing;
  }

  /** Lines that were lost and not reported yet. */
  get lost(): number {
    return this.#lost;
  }

  addLost(lines: number): void {
    this.#lost += lines;
  }

  failed(error: Error): void {
    this.#isCatchingUp = false;
    if (this.#isFailing) return;
    this.#isFailing = true;
    this.#notify('WARNING', `Log file cannot be written, keeping lines and trying again: ${error.message}`);
  }

  /** @param hasMore whether lines came while it could not be written: only once they are written it is known how many were lost */
  succeeded(hasMore: boolean): void {
    if (!this.#isFailing && this.#lost === 0) return;
    this.#isCatchingUp = this.#isFailing && !this.#isCatchingUp && hasMore;
    if (this.#isCatchingUp) return;
    const lost = this.#lost;
    const how = this.#isFailing ? 'is written again' : 'did not keep up';
    this.#isFailing = false;
    this.#lost = 0;
    if (lost === 0) this.#notify('INFO', `Log file ${how}, no line was lost`);
    else this.#notify('ERROR', `Log file ${how}, ${lost} lines were lost`);
  }
}
