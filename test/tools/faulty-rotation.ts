import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TrackedFile } from '../../supervisor/log/file/log-file.ts';
import { nodeFs, type RotationFs } from '../../supervisor/log/file/rotation.ts';

type Operation = 'open' | 'rename' | 'remove' | 'append';

/** Nothing else may be renamed or removed: run by root, a test of broken code could remove `/dev/null`. */
const TEMPORARY = `${realpathSync(tmpdir())}${path.sep}`;

/** The real disk, on which a test can make every operation of one kind fail. */
export class FaultyRotation implements RotationFs {
  /** How many bytes a single write takes at most. */
  most = Number.POSITIVE_INFINITY;
  /** Every operation attempted, in order. */
  readonly done: Operation[] = [];
  readonly #failures = new Map<Operation, string>();

  fail(operation: Operation, message: string): void {
    this.#failures.set(operation, message);
  }

  mend(): void {
    this.#failures.clear();
  }

  async open(file: string): Promise<TrackedFile> {
    this.#attempt('open');
    const opened = await nodeFs.open(file);
    return {
      append: (bytes, offset) => {
        this.#attempt('append');
        return opened.append(bytes.subarray(0, offset + this.most), offset);
      },
      dropTail: (bytes) => opened.dropTail(bytes),
      status: () => opened.status(),
      close: () => opened.close(),
    };
  }

  exists(file: string): Promise<boolean> {
    return nodeFs.exists(file);
  }

  list(directory: string): Promise<readonly string[]> {
    return nodeFs.list(directory);
  }

  async rename(from: string, to: string): Promise<void> {
    this.#attempt('rename');
    checkTemporary(from);
    checkTemporary(to);
    await nodeFs.rename(from, to);
  }

  async remove(file: string): Promise<void> {
    this.#attempt('remove');
    checkTemporary(file);
    await nodeFs.remove(file);
  }

  #attempt(operation: Operation): void {
    this.done.push(operation);
    const message = this.#failures.get(operation);
    if (message !== undefined) throw new Error(message);
  }
}

function checkTemporary(file: string): void {
  const directory = realpathSync(path.dirname(file));
  if (!`${directory}${path.sep}`.startsWith(TEMPORARY)) throw new Error(`${file} is not a file of a test`);
}
