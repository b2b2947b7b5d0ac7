import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TrackedFile } from '../../supervisor/log/file/log-file.ts';
import { nodeFs, type RotationFs } from '../../supervisor/log/file/rotation.ts';

type Operation = 'open' | 'rename' | 'remove' | 'append';

/** Nothing else may be renamed or removed: run by root, a test of code that is broken could take `/dev/null` away. */
const OURS = `${realpathSync(tmpdir())}${path.sep}`;

/** The real disk, on which every operation of a kind fails from when it is told to until it is mended. */
export class FaultyRotation implements RotationFs {
  /** Most bytes that a file takes at once. */
  most = Number.POSITIVE_INFINITY;
  /** What was done, in order. */
  readonly done: Operation[] = [];
  readonly #failures = new Map<Operation, string>();

  fail(operation: Operation, message: string): void {
    this.#failures.set(operation, message);
  }

  mend(): void {
    this.#failures.clear();
  }

  async open(file: string): Promise<TrackedFile> {
    this.#do('open');
    const opened = await nodeFs.open(file);
    return {
      append: (bytes, offset) => {
        this.#do('append');
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
    this.#do('rename');
    checkOurs(from);
    checkOurs(to);
    await nodeFs.rename(from, to);
  }

  async remove(file: string): Promise<void> {
    this.#do('remove');
    checkOurs(file);
    await nodeFs.remove(file);
  }

  #do(operation: Operation): void {
    this.done.push(operation);
    const message = this.#failures.get(operation);
    if (message !== undefined) throw new Error(message);
  }
}

function checkOurs(file: string): void {
  const directory = realpathSync(path.dirname(file));
  if (!`${directory}${path.sep}`.startsWith(OURS)) throw new Error(`${file} is no file of a test`);
}
