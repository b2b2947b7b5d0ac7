/** Where the slices of a backfill go. */
export interface Output {
  /** Its name in messages. */
  readonly name: string;
  /** True for a file, from which lines written can be removed again. */
  readonly isFile: boolean;
  /**
   * Resolves once all bytes are written. They are not copied.
   * @throws {ReaderClosed} when the reader has closed the pipe
   * @throws {UserError} `output-failed`
   */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * Completes the output.
   * @throws {UserError} `output-failed`, `bad-output`
   */
  finish(): void;
  /**
   * Keeps the writes that were completed, and nothing of one that was not.
   * @throws {UserError} `output-failed`, `bad-output`
   */
  keep(): void;
  /** Removes what was written, if that is possible. */
  discard(): void;
}
