import { lstat, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { openLogFile, type TrackedFile } from './log-file.ts';

/** What rotation does to the disk: where tests put their faults. */
export interface RotationFs {
  open(path: string): Promise<TrackedFile>;
  exists(path: string): Promise<boolean>;
  /** Names in a directory. */
  list(directory: string): Promise<readonly string[]>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

export const nodeFs: RotationFs = {
  open: openLogFile,
  exists: (path) =>
    lstat(path).then(
      () => true,
      () => false,
    ),
  list: readdir,
  rename,
  remove: (path) => rm(path, { force: true }),
};

/**
 * The rotated files of a log: `app.log.1`, then `app.log.2` and so on, the highest number being the latest. A file keeps
 * its name once it has one, so a rotation renames one file and removes one, however many are kept.
 */
export class RotatedFiles {
  readonly #keep: number;
  readonly #disk: RotationFs;
  /** The log whose numbers are known. */
  #log: string | undefined;
  /** Ascending. */
  #numbers: number[] = [];

  /** @param keep how many remain, 0 or more */
  constructor(keep: number, disk: RotationFs) {
    this.#keep = keep;
    this.#disk = disk;
  }

  /**
   * Moves the log to the next number and opens a new one. The old one gets nothing more, so that whoever follows it by
   * inode may let go of it at its end. When no new one can be opened, the old one gets its name back.
   * @param log real path: of a link it is the file that is rotated
   * @param open opens the new one
   */
  async rotate(log: string, open: () => Promise<TrackedFile>): Promise<TrackedFile> {
    const number = await this.#nextNumber(log);
    await this.#disk.rename(log, `${log}.${number}`);
    const file = await open().catch(async (error: unknown) => {
      await this.#disk.rename(`${log}.${number}`, log).catch(() => {});
      throw error;
    });
    this.#numbers.push(number);
    await this.#removeOldest(log);
    return file;
  }

  async #nextNumber(log: string): Promise<number> {
    if (this.#log !== log) await this.#readNumbers(log);
    const next = (this.#numbers.at(-1) ?? 0) + 1;
    if (!(await this.#disk.exists(`${log}.${next}`))) return next;
    // Somebody else has put a file there.
    await this.#readNumbers(log);
    return (this.#numbers.at(-1) ?? 0) + 1;
  }

  async #readNumbers(log: string): Promise<void> {
    const prefix = `${path.basename(log)}.`;
    const names = (await this.#disk.list(path.dirname(log))).filter((name) => name.startsWith(prefix));
    const numbers = names.map((name) => name.slice(prefix.length)).filter((text) => /^[1-9]\d{0,14}$/.test(text));
    this.#numbers = numbers.map(Number).sort((a, b) => a - b);
    this.#log = log;
  }

  async #removeOldest(log: string): Promise<void> {
    const excess = this.#numbers.splice(0, Math.max(0, this.#numbers.length - this.#keep));
    for (const [index, number] of excess.entries()) {
      // What cannot be removed is tried again at the next rotation.
      await this.#disk.remove(`${log}.${number}`).catch(() => this.#numbers.splice(index, 0, number));
    }
  }
}
