import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { atExit } from './at-exit.ts';

/** Room for all that a short run writes at the default rate, about 40 MB, several times over. */
const SIZE = '256m';

const CHUNK = Buffer.alloc(1_048_576);

/** A disk of its own in memory, which can be filled up. */
export class SmallDisk {
  /** Where the logs are: the ballast is not among them. */
  readonly logs: string;
  readonly #ballast: string;
  /** Takes it away again, with all that is on it. */
  readonly unmount: () => void;

  private constructor(directory: string) {
    this.logs = join(directory, 'logs');
    this.#ballast = join(directory, 'ballast');
    mkdirSync(this.logs);
    this.unmount = atExit(() => {
      // Lazily: what is open on it still must not keep it there for good.
      spawnSync('umount', ['--lazy', directory]);
    });
  }

  /** Mounts one on the directory, which is to be empty; undefined where this user or this system cannot. */
  static mount(directory: string): SmallDisk | undefined {
    if (process.platform !== 'linux') return undefined;
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', directory]);
    return status === 0 ? new SmallDisk(directory) : undefined;
  }

  /** Leaves no room at all for so many ms. */
  async full(ms: number): Promise<void> {
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
