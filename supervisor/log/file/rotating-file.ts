import { realLogFile } from '../../../shared/registry/log-identity.ts';
import { endWithin, lineEnd, lineStart } from './line-ends.ts';
import type { LogFile, TrackedFile } from './log-file.ts';
import { nodeFs, RotatedFiles, type RotationFs } from './rotation.ts';
import type { Notify } from './write-health.ts';

/** How often it is looked whether the file is still in its place, and a failed rotation is tried again, in ms. */
const RETRY_MS = 1_000;

const UNROTATED = 'Log file cannot be rotated, writing on to it';
const DETACHED = 'Log file was moved and cannot be opened anew, writing on to the old one';

export interface RotatingFileOptions {
  readonly path: string;
  /** Bytes that the file may have; 0 for no limit. Only a single line that is longer goes over it. */
  readonly maxSize: number;
  /** How many old files remain. */
  readonly keep: number;
  readonly notify: Notify;
  readonly disk?: RotationFs;
  /** Opens the path when it is not a rotation that does; by default `disk` does. */
  readonly open?: () => Promise<TrackedFile>;
  /** A clock that only goes forward, in ms. */
  readonly now?: () => number;
}

/**
 * The log file behind its path: rotated between two lines before it grows over its bound, and opened anew when somebody
 * has moved or removed it. What cannot be rotated is written on to, so that no line is lost.
 */
export class RotatingFile implements LogFile {
  readonly #options: RotatingFileOptions;
  readonly #rotated: RotatedFiles;
  readonly #open: () => Promise<TrackedFile>;
  readonly #now: () => number;
  #file: TrackedFile;
  #size = 0;
  #isRegular = false;
  #isDetached = false;
  #checkAt = 0;
  #rotateAt = Number.NEGATIVE_INFINITY;
  #lastWarning: typeof UNROTATED | typeof DETACHED | undefined;

  private constructor(file: TrackedFile, options: RotatingFileOptions) {
    this.#file = file;
    this.#options = options;
    this.#rotated = new RotatedFiles(options.keep, options.disk ?? nodeFs);
    this.#open = openerOf(options);
    this.#now = options.now ?? (() => performance.now());
  }

  /** @throws what opening the file throws */
  static async open(options: RotatingFileOptions): Promise<RotatingFile> {
    const file = new RotatingFile(await openerOf(options)(), options);
    await file.#updateStatus();
    return file;
  }

  /** Appends from `offset` on, whole lines into one file each; returns the offset to go on from. */
  async append(bytes: Buffer, offset: number): Promise<number> {
    let from = offset;
    // A new file gets the whole line, whatever of it was in the one that is gone.
    if (this.#now() >= this.#checkAt && (await this.#reopenIfMoved())) from = lineStart(bytes, offset);
    const end = await this.#rotateIfNeeded(bytes, from);
    const next = await this.#file.append(bytes.subarray(0, end), from);
    this.#size += next - from;
    return next;
  }

  dropTail(bytes: number): Promise<boolean> {
    return this.#file.dropTail(bytes);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** End of what goes into the file now, after it was rotated if need be. */
  async #rotateIfNeeded(bytes: Buffer, from: number): Promise<number> {
    const { maxSize } = this.#options;
    if (!this.#isRegular || maxSize === 0) return bytes.length;
    const end = endWithin(bytes, from, maxSize - this.#size);
    if (end > from) return end;
    // A line that has begun goes on where it began, and one that is longer than the bound has a file to itself.
    if (lineStart(bytes, from) !== from || this.#size === 0) return lineEnd(bytes, from);
    if (this.#now() < this.#rotateAt || !(await this.#rotate())) return bytes.length;
    return Math.max(endWithin(bytes, from, maxSize - this.#size), lineEnd(bytes, from));
  }

  async #rotate(): Promise<boolean> {
    // By its name we would move what somebody else has put there meanwhile.
    if (await this.#reopenIfMoved()) return true;
    if (this.#isDetached) return false;
    try {
      await this.#switchTo(await this.#rotated.rotate(realLogFile(this.#options.path), this.#open));
    } catch (error) {
      this.#rotateAt = this.#now() + RETRY_MS;
      this.#warnOnce(UNROTATED, error as Error);
      return false;
    }
    if (this.#lastWarning === UNROTATED) this.#options.notify('INFO', 'Log file is rotated again');
    this.#lastWarning = undefined;
    return true;
  }

  /** Opens the path anew when it leads to this file no more; true when it did. */
  async #reopenIfMoved(): Promise<boolean> {
    const place = await this.#updateStatus();
    this.#isDetached = place === 'moved' || place === 'removed';
    if (!this.#isDetached) return false;
    try {
      await this.#switchTo(await this.#open());
    } catch (error) {
      if (place === 'removed') {
        this.#checkAt = this.#now();
        throw error;
      }
      this.#warnOnce(DETACHED, error as Error);
      return false;
    }
    this.#isDetached = false;
    this.#lastWarning = undefined;
    this.#options.notify('WARNING', `Log file was ${place} by somebody, a new one is begun`);
    return true;
  }

  async #switchTo(file: TrackedFile): Promise<void> {
    await this.#file.close().catch(() => {});
    this.#file = file;
    await this.#updateStatus();
  }

  async #updateStatus() {
    const standing = await this.#file.status();
    this.#checkAt = this.#now() + RETRY_MS;
    this.#isRegular = standing !== undefined;
    this.#size = standing?.size ?? 0;
    return standing?.place;
  }

  #warnOnce(what: typeof UNROTATED | typeof DETACHED, { message }: Error): void {
    if (this.#lastWarning === what) return;
    this.#lastWarning = what;
    this.#options.notify('WARNING', `${what}: ${message}`);
  }
}

function openerOf({ open, disk = nodeFs, path }: RotatingFileOptions): () => Promise<TrackedFile> {
  return open ?? (() => disk.open(path));
}
