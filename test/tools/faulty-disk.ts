import type { LogFile } from '../../supervisor/log/file/log-file.ts';

/** Errors planned by a test: so many operations succeed, then so many fail. */
class PlannedErrors {
  /** The disk recovers as soon as this is true. */
  isRecoveredBy: () => boolean = () => false;
  /** Resolves at the first error planned last. */
  failedOnce = Promise.resolve();
  #onFirstError = () => {};
  #plan: { readonly message: string; times: number; after: number } | undefined;

  /** Plans an error for each of the next `times` operations. */
  fail(message: string, times: number): void {
    this.failAfter(0, message, times);
  }

  /** Lets `after` operations succeed, then plans an error for each of the next `times`. */
  failAfter(after: number, message: string, times: number): void {
    this.#plan = { message, times, after };
    this.failedOnce = new Promise((resolve) => {
      this.#onFirstError = resolve;
    });
  }

  recover(): void {
    this.#plan = undefined;
  }

  protected throwIfDue(): void {
    if (this.isRecoveredBy()) this.recover();
    if (!this.#plan || this.#plan.after-- > 0) return;
    const { message } = this.#plan;
    this.#onFirstError();
    if (--this.#plan.times <= 0) this.recover();
    throw new Error(message);
  }
}

/** A disk in memory that fails as a test has planned. Every opened file keeps what was written to it. */
export class FaultyDisk extends PlannedErrors {
  readonly files: { text: string; isClosed: boolean }[] = [];
  /** How many bytes a single write takes at most. */
  maxWriteBytes = Number.POSITIVE_INFINITY;
  /** Error message for every attempt to open a file. */
  openError: string | undefined;
  /** How often a file was appended to. */
  writes = 0;
  /** Takes nothing and reports no error, like a pipe that is not read. */
  isFull = false;

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
        // A real disk never answers within the same turn of the event loop.
        await new Promise((resolve) => setImmediate(resolve));
        this.throwIfDue();
        if (this.isFull) return offset;
        const taken = bytes.subarray(offset, offset + this.maxWriteBytes);
        chunks.push(Buffer.from(taken));
        file.text = Buffer.concat(chunks).toString();
        return offset + taken.length;
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
}
