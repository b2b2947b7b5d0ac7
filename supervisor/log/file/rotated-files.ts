import { access, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { TrackedFile } from './log-file.ts';

/** What rotation needs of `node:fs`: tests inject their faults here. */
export interface RotationFs {
  exists(path: string): Promise<boolean>;
  /** Names in a directory. */
  list(directory: string): Promise<readonly string[]>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** The real file system. */
export const nodeFs: RotationFs = {
  exists: (file) =>
    access(file).then(
      () => true,
      () => false,
    ),
  list: readdir,
  rename,
  remove: (file) => rm(file, { force: true }),
};

/**
 * The rotated files of a log: `app.log.1`, `app.log.2` and so on, the highest number being the latest. A rotated file
 * keeps its name, and the numbers are remembered, so a rotation costs one rename and usually one removal however many
 * are kept: listing a directory of 1,000 files each time would double it.
 */
export class RotatedFiles {
  readonly #keep: number;
  readonly #fs: RotationFs;
  /** The log whose numbers are known. */
  #log: string | undefined;
  /** Ascending. */
  #numbers: number[] = [];

  /** @param keep how many rotated files are kept, 0 or more */
  constructor(keep: number, fs: RotationFs = nodeFs) {
    this.#keep = keep;
    this.#fs = fs;
  }

  /**
   * Renames the log to the next number and opens a new one. Nothing is written to the old one any more, so that a reader
   * that follows it by inode may close it at its end.
   * @param log real path: of a symbolic link, the target is rotated
   * @param open opens the new file
   * @throws any error of `fs` or `open`; the log then keeps its name
   */
  async rotate(log: string, open: () => Promise<TrackedFile>): Promise<TrackedFile> {
    const next = await this.#nextNumber(log);
    await this.#fs.rename(log, `${log}.${next}`);
    const file = await open().catch(async (error: unknown) => {
      await this.#fs.rename(`${log}.${next}`, log).catch(() => {});
      throw error;
    });
    this.#numbers.push(next);
    await this.#removeOldest(log);
    return file;
  }

  async #nextNumber(log: string): Promise<number> {
    if (this.#log !== log) await this.#readNumbers(log);
    const next = (this.#numbers.at(-1) ?? 0) + 1;
    if (!(await this.#fs.exists(`${log}.${next}`))) return next;
    // Another program has put a file there.
    await this.#readNumbers(log);
    return (this.#numbers.at(-1) ?? 0) + 1;
  }

  async #readNumbers(log: string): Promise<void> {
    const prefix = `${path.basename(log)}.`;
    const names = (await this.#fs.list(path.dirname(log))).filter((name) => name.startsWith(prefix));
    const suffixes = names.map((name) => name.slice(prefix.length)).filter((suffix) => /^[1-9]\d{0,14}$/.test(suffix));
    this.#numbers = suffixes.map(Number).sort((a, b) => a - b);
    this.#log = log;
  }

  async #removeOldest(log: string): Promise<void> {
    const excess = this.#numbers.splice(0, Math.max(0, this.#numbers.length - this.#keep));
    for (const [index, number] of excess.entries()) {
      // The next rotation tries again.
      await this.#fs.remove(`${log}.${number}`).catch(() => this.#numbers.splice(index, 0, number));
    }
  }
}
