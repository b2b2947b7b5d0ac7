import { setTimeout as delay } from 'node:timers/promises';
import { eventBatch } from '../batch.ts';
import type { LogEvent } from '../log.ts';
import { countLines, lineEnd, lineStart } from './line-ends.ts';
import type { LogFile } from './log-file.ts';

const NO_BYTES: Buffer = Buffer.alloc(0);

/** Delay until a full pipe is tried again. */
const FULL_PIPE_RETRY_MS = 10;

/** How long `close` tries to write its last line. */
export const LAST_LINE_TIMEOUT_MS = 1_000;

/** Writes bytes to a file across short writes and failures, and keeps lines whole when the file is opened again. */
export class FileWriter {
  readonly #open: () => Promise<LogFile>;
  readonly #logEvent: LogEvent;
  #file: LogFile;
  #bytes = NO_BYTES;
  /** How many of `#bytes` are written. */
  #offset = 0;
  #isReopenRequested = false;

  /** @param open opens the file again */
  constructor(file: LogFile, open: () => Promise<LogFile>, logEvent: LogEvent) {
    this.#file = file;
    this.#open = open;
    this.#logEvent = logEvent;
  }

  get pendingBytes(): number {
    return this.#bytes.length - this.#offset;
  }

  /** Lines of which at least the end is pending. */
  get pendingLines(): number {
    return countLines(this.#bytes, this.#offset);
  }

  get hasWork(): boolean {
    return this.pendingBytes > 0 || this.#isReopenRequested;
  }

  /** The bytes to write next. Only to be called when none are pending. */
  setPending(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#offset = 0;
  }

  /**
   * Appends some of the pending bytes; waits a little when the file has no room for any.
   * @returns how many
   * @throws any error of the file
   */
  async append(): Promise<number> {
    const from = this.#offset;
    const end = await this.#file.append(this.#bytes, from);
    this.#offset = end;
    // The owner of the bytes may want their memory back.
    if (end === this.#bytes.length) this.setPending(NO_BYTES);
    if (end === from) await delay(FULL_PIPE_RETRY_MS);
    return end - from;
  }

  /** Has `reopenIfRequested` open the path again: the file may have been moved. */
  requestReopen(): void {
    this.#isReopenRequested = true;
  }

  async reopenIfRequested(): Promise<void> {
    if (!this.#isReopenRequested) return;
    this.#isReopenRequested = false;
    try {
      const file = await this.#open();
      await this.#file.close().catch(() => {});
      this.#file = file;
      // The old file keeps its part of a line, the new one gets the whole line.
      this.#offset = lineStart(this.#bytes, this.#offset);
      this.#logEvent('INFO', 'Log file reopened');
    } catch (error) {
      const { message } = error as Error;
      this.#logEvent('WARNING', `Log file cannot be reopened, still writing to the old one: ${message}`);
    }
  }

  /** Closes the file; first tries to end it with a whole line that says how many lines are missing, if any are. */
  async close(missingLines: number): Promise<void> {
    if (missingLines > 0) await this.#writeLastLine(missingLines).catch(() => {});
    await this.#file.close();
  }

  async #writeLastLine(missingLines: number): Promise<void> {
    const isAtLineStart = await this.#dropPartOfLine();
    const restOfLine = this.#bytes.subarray(
      this.#offset,
      isAtLineStart ? this.#offset : lineEnd(this.#bytes, this.#offset),
    );
    const notice = eventBatch('ERROR', `The last ${missingLines} lines could not be written and are missing here`);
    this.setPending(Buffer.concat([restOfLine, notice.bytes]));
    const end = performance.now() + LAST_LINE_TIMEOUT_MS;
    try {
      while (this.pendingBytes > 0 && performance.now() < end) await this.append();
    } finally {
      await this.#dropPartOfLine();
    }
  }

  /** Removes the part of a line at the end of the file; false when there is one that cannot be removed. */
  async #dropPartOfLine(): Promise<boolean> {
    const partBytes = this.#offset - lineStart(this.#bytes, this.#offset);
    return partBytes === 0 || this.#file.dropTail(partBytes);
  }
}
