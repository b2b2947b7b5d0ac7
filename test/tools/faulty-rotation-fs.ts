import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openLogFile, type TrackedFile } from '../../supervisor/log/file/log-file.ts';
import { nodeFs, type RotationFs } from '../../supervisor/log/file/rotated-files.ts';

type Operation = 'open' | 'rename' | 'remove' | 'append';

/** Nothing else may be renamed or removed: run by root, a test of broken code could remove `/dev/null`. */
const TEMPORARY = `${realpathSync(tmpdir())}${path.sep}`;

/** The real disk, with faults injected by operation until `recover` is called. */
export class FaultyRotationFs implements RotationFs {
  /** Most bytes of one write to a file. */
  maxWriteBytes = Number.POSITIVE_INFINITY;
  /** What was done, in order. */
  readonly operations: Operation[] = [];
  readonly #faults = new Map<Operation, string>();

  fail(operation: Operation, message: string): void {
    this.#faults.set(operation, message);
  }

  recover(): void {
    this.#faults.clear();
  }

  async open(file: string): Promise<TrackedFile> {
    this.#start('open');
    const opened = await openLogFile(file);
    return {
      append: (bytes, offset) => {
        this.#start('append');
        return opened.append(bytes.subarray(0, offset + this.maxWriteBytes), offset);
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
    this.#start('rename');
    checkTemporary(from);
    checkTemporary(to);
    await nodeFs.rename(from, to);
  }

  async remove(file: string): Promise<void> {
    this.#start('remove');
    checkTemporary(file);
    await nodeFs.remove(file);
  }

  #start(operation: Operation): void {
    this.operations.push(operation);
    const message = this.#faults.get(operation);
    if (message !== undefined) throw new Error(message);
  }
}

function checkTemporary(file: string): void {
  const directory = realpathSync(path.dirname(file));
  if (!`${directory}${path.sep}`.startsWith(TEMPORARY)) throw new Error(`${file} is not a temporary file`);
}
