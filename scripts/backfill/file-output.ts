import { closeSync, existsSync, ftruncateSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { findCollision } from '../../shared/registry/fleets.ts';
import type { Output } from './output.ts';
import { incomplete, toOpenError, toWriteError } from './output-errors.ts';
import { takeName } from './take-name.ts';
import {
  createTemporaryFile,
  pidOfOther,
  removeIfPossible,
  removeLeftovers,
  type TemporaryFile,
} from './temporary-file.ts';
import { writeAll } from './write-all.ts';

/** The file to write. */
export interface FileTarget {
  /** Path as typed, for messages. */
  readonly name: string;
  /** Absolute path, with links resolved. */
  readonly file: string;
  /** Overwrite an existing file of that name, now and at the end. */
  readonly force: boolean;
  /** Permissions of the file that it replaces, if any. */
  readonly mode: number | undefined;
}

/**
 * Opens a temporary file beside the output, which takes the output's name once it is complete. So an output is never
 * half-written, a file to be overwritten stays intact until then, and of several backfills to one output the last to
 * finish wins.
 * @throws {UserError} `bad-output`
 */
export function openFile(target: FileTarget): Output {
  const { name, file, force, mode = 0o666 } = target;
  checkNotALiveLog(name, file);
  const other = force ? undefined : pidOfOther(file);
  if (other !== undefined) {
    const advice = 'wait for it, use another file, or pass --force: then the last to finish wins';
    throw new UserError(
      'bad-output',
      `--output: ${name} is being written by another backfill, pid ${other}; ${advice}`,
    );
  }
  removeLeftovers(file);
  try {
    return new FileOutput(target, createTemporaryFile(file, mode & 0o777));
  } catch (error) {
    throw toOpenError(name, error);
  }
}

/** Refuses the log file of a running fleet and its rotated files. */
function checkNotALiveLog(name: string, file: string): void {
  const found = findCollision({ logFile: file, realPaths: [file] });
  if (!found) return;
  const { pid, logFile } = found.fleet;
  const what = found.collision === 'same-file' ? 'the log file' : 'a rotated file';
  const advice = 'use another file, or stop the fleet first';
  throw new UserError(
    'bad-output',
    `--output: ${name} is ${what} of a running fleet (pid ${pid}, ${logFile}); ${advice}`,
  );
}

class FileOutput implements Output {
  readonly name: string;
  readonly isFile = true;
  readonly #target: FileTarget;
  readonly #temporary: TemporaryFile;
  #completedBytes = 0;

  constructor(target: FileTarget, temporary: TemporaryFile) {
    this.name = target.name;
    this.#target = target;
    this.#temporary = temporary;
  }

  async write(bytes: Uint8Array): Promise<void> {
    await writeAll(this.name, this.#temporary.fd, bytes);
    this.#completedBytes += bytes.length;
  }

  finish(): void {
    // Some file systems report a full disk only when the file is closed.
    this.#takeNameAfter(closeSync);
  }

  keep(): void {
    // The kernel runs a pending write and this one after the other, so the write cannot extend the file again.
    this.#takeNameAfter((fd) => ftruncateSync(fd, this.#completedBytes));
  }

  discard(): void {
    removeIfPossible(this.#temporary.path);
  }

  #takeNameAfter(complete: (fd: number) => void): void {
    const { file, force } = this.#target;
    try {
      complete(this.#temporary.fd);
      checkNotALiveLog(this.name, file);
      takeName(this.#temporary.path, file, force);
    } catch (error) {
      throw error instanceof UserError ? error : this.#explain(error as NodeJS.ErrnoException);
    }
  }

  #explain(error: NodeJS.ErrnoException): Error {
    if (error.code === 'EEXIST') {
      const problem = 'was created by another process in the meantime; use another file';
      return new UserError('bad-output', `--output: ${this.name} ${problem}`);
    }
    const { path: temporary } = this.#temporary;
    if (error.code !== 'ENOENT' || existsSync(temporary)) return toWriteError(this.name, error);
    const reason = `its temporary file ${path.basename(temporary)} was removed in the meantime`;
    return incomplete(this.name, reason, 'run the backfill again');
  }
}
