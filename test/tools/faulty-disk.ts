import type { LogFile } from '../../supervisor/log/file/log-file.ts';

/** A disk that fails when it is told to. Every opened file keeps what was written to it. */
export class FaultyDisk {
  readonly files: { text: string; isClosed: boolean }[] = [];
  /** Most bytes it takes at once. */
  most = Number.POSITIVE_INFINITY;
  /** Message with which it refuses to open a file. */
  refuseToOpen: string | undefined;
  calls = 0;
  /** Takes nothing and does not fail either, as a pipe that nobody empties. */
  isFull = false;
  /** It is well again as soon as this is true. */
  isRecoveredBy: () => boolean = () => false;
  failedOnce = Promise.resolve();
  #failure: { readonly message: string; times: number; after: number } | undefined;
  #failed = () => {};

  get text(): string {
    return this.files.map((file) => file.text).join('');
  }

  readonly open = async (): Promise<LogFile> => {
    if (this.refuseToOpen !== undefined) throw new Error(this.refuseToOpen);
    const file = { text: '', isClosed: false };
    const chunks: Buffer[] = [];
    this.files.push(file);
    return {
      append: async (bytes, offset) => {
        this.calls++;
        // Not before the next turn, as with a real disk.
        await new Promise((resolve) => setImmediate(resolve));
        if (this.isRecoveredBy()) this.recover();
        this.#maybeFail();
        if (this.isFull) return offset;
        const taken = bytes.subarray(offset, offset + this.most);
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

  /** Fails that many times, then is well again. */
  fail(message: string, times: number): void {
    this.failAfter(0, message, times);
  }

  failAfter(after: number, message: string, times: number): void {
    this.#failure = { message, times, after };
    this.failedOnce = new Promise((resolve) => {
      this.#failed = resolve;
    });
  }

  recover(): void {
    this.#failure = undefined;
  }

  #maybeFail(): void {
    if (!this.#failure || this.#failure.after-- > 0) return;
    const { message } = this.#failure;
    this.#failed();
    if (--this.#failure.times <= 0) this.recover();
    throw new Error(message);
  }
}
