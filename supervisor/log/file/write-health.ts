import type { LogEvent } from '../log.ts';

/** Whether a file can be written, and how many lines were dropped; logs each change once. */
export class WriteHealth {
  readonly #logEvent: LogEvent;
  #isFailing = false;
  #isCatchingUp = false;
  #droppedLines = 0;

  constructor(logEvent: LogEvent) {
    this.#logEvent = logEvent;
  }

  get isFailing(): boolean {
    return this.#isFailing;
  }

  /** Dropped lines that are not logged yet. */
  get droppedLines(): number {
    return this.#droppedLines;
  }

  addDropped(lines: number): void {
    this.#droppedLines += lines;
  }

  failed(error: Error): void {
    this.#isCatchingUp = false;
    if (this.#isFailing) return;
    this.#isFailing = true;
    this.#logEvent('WARNING', `Log file cannot be written, keeping lines and trying again: ${error.message}`);
  }

  /** @param hasMore whether lines were queued during the failure: how many were dropped is known once they are written */
  succeeded(hasMore: boolean): void {
    if (!this.#isFailing && this.#droppedLines === 0) return;
    this.#isCatchingUp = this.#isFailing && !this.#isCatchingUp && hasMore;
    if (this.#isCatchingUp) return;
    const lines = this.#droppedLines;
    const what = this.#isFailing ? 'is written again' : 'did not keep up';
    this.#isFailing = false;
    this.#droppedLines = 0;
    if (lines === 0) this.#logEvent('INFO', `Log file ${what}, no line was lost`);
    else this.#logEvent('ERROR', `Log file ${what}, ${lines} lines were lost`);
  }
}
