import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mountTmpfs } from '../tools/tmpfs.ts';
import { atExit } from './at-exit.ts';

/** Several times what a short run writes at the default rate, about 40 MB. */
const SIZE = '256m';

const CHUNK = Buffer.alloc(1_048_576);

/** A disk in memory that can be filled up. Unmounting it deletes what is on it. */
export class FillableDisk {
  /** Directory for the logs, which does not contain what fills the disk. */
  readonly logs: string;
  readonly unmount: () => void;
  readonly #ballast: string;

  private constructor(directory: string, unmount: () => void) {
    this.logs = join(directory, 'logs');
    this.#ballast = join(directory, 'ballast');
    this.unmount = atExit(unmount);
    mkdirSync(this.logs);
  }

  /** Mounts one on an empty directory; undefined where this user or system cannot mount. */
  static mount(directory: string): FillableDisk | undefined {
    const unmount = mountTmpfs(directory, SIZE);
    return unmount && new FillableDisk(directory, unmount);
  }

  /** Leaves no free space for so many ms. */
  async fillFor(ms: number): Promise<void> {
    try {
      for (;;) appendFileSync(this.#ballast, CHUNK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      await delay(ms);
    } finally {
      rmSync(this.#ballast, { force: true });
    }
  }
}
