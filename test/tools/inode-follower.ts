import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';

interface Followed {
  readonly descriptor: number;
  readonly text: string[];
  isDone: boolean;
}

/**
 * A log shipper that works like Filebeat and Fluent Bit: it tracks files by inode, continues where it stopped reading,
 * and closes a renamed file once it has read it to its end.
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

  poll(): void {
    for (const name of readdirSync(this.#directory).filter((found) => found.startsWith(this.#name))) {
      const descriptor = openIfPresent(path.join(this.#directory, name));
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

/** Undefined when it was renamed after it was listed: the next poll finds it under its new name. */
function openIfPresent(file: string): number | undefined {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
