import type { LogFile } from '../../supervisor/log/file/log-file.ts';

/** A disk in memory with injected faults. Each opened file keeps what was written to it. */
export class FaultyDisk {
  readonly files: { text: string; isClosed: boolean }[] = [];
  /** Most bytes of one write. */
  maxWriteBytes = Number.POSITIVE_INFINITY;
  /** Message with which it refuses to open a file. */
  openError: string | undefined;
  writes = 0;
  /** Writes nothing without an error, as a pipe without a reader does. */
  isFull = false;
  /** It recovers as soon as this is true. */
  isRecoveredBy: () => boolean = () => false;
  failedOnce = Promise.resolve();
  #fault: { readonly message: string; times: number; after: number } | undefined;
  #onFailed = () => {};

  get text(): string {
    return this.files.map((file) => file.text).join('');
  }

  readonly open = async (): Promise<LogFile> => {
    if (this.openError !== undefined) throw new Error(this.openError);
    const file = { text: '', isClosed: false };
    const chunks: Buffer[] = [];
    this.files.push(file);
    return {
      append: async (bytes, offset) => {
        this.writes++;
        // Not before the next turn of the event loop, as with a real disk.
        await new Promise((resolve) => setImmediate(resolve));
        if (this.isRecoveredBy()) this.recover();
        this.#failIfDue();
        if (this.isFull) return offset;
        const written = bytes.subarray(offset, offset + this.maxWriteBytes);
        chunks.push(Buffer.from(written));
        file.text = Buffer.concat(chunks).toString();
        return offset + written.length;
      },
      dropTail: async (bytes) => {
        const text = Buffer.concat(chunks);
        chunks.splice(0, chunks.length, text.subarray(0, text.length - bytes));
        file.text = Buffer.concat(chunks).toString();
        return true;
      },
      close: async () => {
        file.isClosed = true;
      },
    };
  };

  /** Fails so many writes, then recovers. */
  fail(message: string, times: number): void {
    this.failAfter(0, message, times);
  }

  failAfter(after: number, message: string, times: number): void {
    this.#fault = { message, times, after };
    this.failedOnce = new Promise((resolve) => {
      this.#onFailed = resolve;
    });
  }

  recover(): void {
    this.#fault = undefined;
  }

  #failIfDue(): void {
    if (!this.#fault || this.#fault.after-- > 0) return;
    const { message } = this.#fault;
    this.#onFailed();
    if (--this.#fault.times <= 0) this.recover();
    throw new Error(message);
  }
}
