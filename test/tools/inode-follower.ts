import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';

interface Followed {
  readonly descriptor: number;
  readonly text: string[];
  isDone: boolean;
}

/**
 * A shipper as Filebeat and Fluent Bit are: it knows files by their inode, reads on where it stopped, and lets go of one
 * at its end as soon as its name has changed.
 */
export class InodeFollower {
  readonly #directory: string;
  readonly #name: string;
  readonly #files = new Map<number, Followed>();

  constructor(logFile: string) {
    this.#directory = path.dirname(logFile);
    this.#name = path.basename(logFile);
  }

  /** What it has read of each file, by inode. */
  get shipped(): ReadonlyMap<number, string> {
    return new Map([...this.#files].map(([inode, { text }]) => [inode, text.join('')]));
  }

  look(): void {
    for (const name of readdirSync(this.#directory).filter((found) => found.startsWith(this.#name))) {
      const descriptor = openIfThere(path.join(this.#directory, name));
      if (descriptor === undefined) continue;
      const { ino } = fstatSync(descriptor);
      const known = this.#files.get(ino);
      if (known) closeSync(descriptor);
      const file = known ?? { descriptor, text: [], isDone: false };
      this.#files.set(ino, file);
      if (!file.isDone) this.#read(file, name !== this.#name);
    }
  }

  close(): void {
    for (const { descriptor, isDone } of this.#files.values()) if (!isDone) closeSync(descriptor);
  }

  #read(file: Followed, isLast: boolean): void {
    const buffer = Buffer.alloc(1_048_576);
    for (let count = -1; count !== 0; ) {
      count = readSync(file.descriptor, buffer);
      file.text.push(buffer.toString('latin1', 0, count));
    }
    if (!isLast) return;
    file.isDone = true;
    closeSync(file.descriptor);
  }
}

/** Undefined when it has been renamed since it was listed: the next look finds it under its new name. */
function openIfThere(file: string): number | undefined {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
