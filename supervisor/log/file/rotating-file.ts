import { realLogFile } from '../../../shared/registry/log-identity.ts';
import type { LogEvent } from '../log.ts';
import { endWithin, lineEnd, lineStart } from './line-ends.ts';
import type { LogFile, TrackedFile } from './log-file.ts';
import { RotatedFiles, type RotationFs } from './rotated-files.ts';

/** How often the path is checked, and a failed rotation retried. */
const CHECK_INTERVAL_MS = 1_000;

const NOT_ROTATED = 'Log file cannot be rotated, still writing to it';
const NOT_REOPENED = 'Log file was moved and cannot be opened again, still writing to the old one';

/** Options of `RotatingFile.open`; `fs` and `now` are for tests. */
export interface RotatingFileOptions {
  readonly path: string;
  /** Opens `path` to append to it. */
  readonly open: () => Promise<TrackedFile>;
  /** Most bytes in the file; 0 for no limit. Only a single line that is longer exceeds it. */
  readonly maxSize: number;
  /** How many rotated files are kept. */
  readonly keep: number;
  readonly logEvent: LogEvent;
  readonly fs?: RotationFs;
  /** Monotonic clock, in ms. */
  readonly now?: () => number;
}

/**
 * The log file behind its path: rotated between two lines before it exceeds its bound, and opened again when another
 * program has moved or removed it. When that fails, it still writes to the old file, so that no line is lost.
 */
export class RotatingFile implements LogFile {
  readonly #options: RotatingFileOptions;
  readonly #rotated: RotatedFiles;
  readonly #now: () => number;
  #file: TrackedFile;
  /** Bytes in the file; undefined for a device or a pipe. */
  #size: number | undefined;
  #nextCheckAt = 0;
  #nextRotationAt = 0;
  #lastWarning: typeof NOT_ROTATED | typeof NOT_REOPENED | undefined;

  private constructor(file: TrackedFile, options: RotatingFileOptions) {
    this.#file = file;
    this.#options = options;
    this.#rotated = new RotatedFiles(options.keep, options.fs);
    this.#now = options.now ?? (() => performance.now());
  }

  /** @throws any error of `options.open` */
  static async open(options: RotatingFileOptions): Promise<RotatingFile> {
    const file = new RotatingFile(await options.open(), options);
    await file.#updateStatus();
    return file;
  }

  /** Appends from `offset` on, each line whole to one file; returns the offset to continue from. */
  async append(bytes: Buffer, offset: number): Promise<number> {
    let from = offset;
    // A new file gets the whole line, whatever part of it the old file has.
    if (this.#now() >= this.#nextCheckAt && (await this.#reopenIfMoved()) === 'reopened') {
      from = lineStart(bytes, offset);
    }
    const end = await this.#rotateIfNeeded(bytes, from);
    const next = await this.#file.append(bytes.subarray(0, end), from);
    if (this.#size !== undefined) this.#size += next - from;
    return next;
  }

  dropTail(bytes: number): Promise<boolean> {
    return this.#file.dropTail(bytes);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Rotates if there is no room for the next line; returns up to where the bytes may go into the file then. */
  async #rotateIfNeeded(bytes: Buffer, from: number): Promise<number> {
    const { maxSize } = this.#options;
    const size = this.#size;
    if (size === undefined || maxSize === 0) return bytes.length;
    const end = endWithin(bytes, from, maxSize - size);
    if (end > from) return end;
    // The rest of a line goes where its start is, and a line longer than the bound has a file to itself.
    if (lineStart(bytes, from) !== from || size === 0) return lineEnd(bytes, from);
    if (this.#now() < this.#nextRotationAt || !(await this.#rotate())) return bytes.length;
    return Math.max(endWithin(bytes, from, maxSize - (this.#size ?? 0)), lineEnd(bytes, from));
  }

  /** Whether the file is another one now. */
  async #rotate(): Promise<boolean> {
    // The path may lead to a file of another program by now, which must not be renamed.
    const outcome = await this.#reopenIfMoved();
    if (outcome !== 'in-place') return outcome === 'reopened';
    const { path, open } = this.#options;
    try {
      await this.#switchTo(await this.#rotated.rotate(realLogFile(path), open));
    } catch (error) {
      this.#nextRotationAt = this.#now() + CHECK_INTERVAL_MS;
      this.#warnOnce(NOT_ROTATED, error as Error);
      return false;
    }
    if (this.#lastWarning === NOT_ROTATED) this.#options.logEvent('INFO', 'Log rotation works again');
    this.#lastWarning = undefined;
    return true;
  }

  /** @throws any error of `options.open` when the old file is removed, so that its lines would be lost */
  async #reopenIfMoved(): Promise<'in-place' | 'reopened' | 'not-reopened'> {
    const place = await this.#updateStatus();
    if (place === 'here') return 'in-place';
    try {
      await this.#switchTo(await this.#options.open());
    } catch (error) {
      if (place === 'removed') {
        this.#nextCheckAt = this.#now();
        throw error;
      }
      this.#warnOnce(NOT_REOPENED, error as Error);
      return 'not-reopened';
    }
    this.#lastWarning = undefined;
    this.#options.logEvent('WARNING', `Log file was ${place}, starting a new one`);
    return 'reopened';
  }

  async #switchTo(file: TrackedFile): Promise<void> {
    await this.#file.close().catch(() => {});
    this.#file = file;
    await this.#updateStatus();
  }

  async #updateStatus() {
    const status = await this.#file.status();
    this.#nextCheckAt = this.#now() + CHECK_INTERVAL_MS;
    this.#size = status?.size;
    return status?.place ?? 'here';
  }

  #warnOnce(what: typeof NOT_ROTATED | typeof NOT_REOPENED, { message }: Error): void {
    if (this.#lastWarning === what) return;
    this.#lastWarning = what;
    this.#options.logEvent('WARNING', `${what}: ${message}`);
  }
}
