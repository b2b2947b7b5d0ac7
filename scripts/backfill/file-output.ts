import { closeSync, existsSync, ftruncateSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { findCollision } from '../../shared/registry/fleets.ts';
import type { Output } from './output.ts';
import { failed, refused } from './output-errors.ts';
import { takeName } from './take-name.ts';
import {
  createTemporaryFile,
  pidOfOther,
  removeIfPossible,
  removeLeftovers,
  type TemporaryFile,
} from './temporary-file.ts';
import { writeAll } from './write-all.ts';

export interface FileChoice {
  /** As the user calls it. */
  readonly name: string;
  /** Absolute path, behind links. */
  readonly file: string;
  /** Overwrite what has the file's name, now and when it is whole. */
  readonly force: boolean;
  /** Permissions of the file that it takes the place of. */
  readonly mode: number | undefined;
}

/**
 * Opens a temporary file beside the output, which takes the output's name when it is whole. So an output is never
 * half-written, one that is to be overwritten stays as it is until then, and of several backfills to one output the
 * last to end wins.
 * @throws {UserError} `bad-output`
 */
export function openFile(choice: FileChoice): Output {
  const { name, file, force, mode = 0o666 } = choice;
  checkNotALiveLog(name, file);
  const other = force ? undefined : pidOfOther(file);
  if (other !== undefined) {
    const advice = 'wait for it, use another file, or pass --force: then the last to end wins';
    throw new UserError(
      'bad-output',
      `--output: ${name} is being written by another backfill, pid ${other}; ${advice}`,
    );
  }
  removeLeftovers(file);
  try {
    return new FileOutput(choice, createTemporaryFile(file, mode & 0o777));
  } catch (error) {
    throw refused(name, error);
  }
}

/**
 * Refuses the log file of a running fleet and the rotated files that belong to it.
 * @throws {UserError} `bad-output`
 */
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
  readonly #choice: FileChoice;
  readonly #temporary: TemporaryFile;
  #completed = 0;

  constructor(choice: FileChoice, temporary: TemporaryFile) {
    this.name = choice.name;
    this.#choice = choice;
    this.#temporary = temporary;
  }

  async write(bytes: Uint8Array): Promise<void> {
    try {
      await writeAll(this.#temporary.fd, bytes);
    } catch (error) {
      throw failed(this.name, error);
    }
    this.#completed += bytes.length;
  }

  finish(): void {
    // Some file systems tell only now that they had no room.
    this.#takeNameAfter(closeSync);
  }

  keep(): void {
    // The system does one after the other: a write that is on its way is over when this returns.
    this.#takeNameAfter((fd) => ftruncateSync(fd, this.#completed));
  }

  discard(): void {
    removeIfPossible(this.#temporary.path);
  }

  #takeNameAfter(complete: (fd: number) => void): void {
    const { file, force } = this.#choice;
    try {
      complete(this.#temporary.fd);
      checkNotALiveLog(this.name, file);
      takeName(this.#temporary.path, file, force);
    } catch (error) {
      throw error instanceof UserError ? error : this.#whyNotTaken(error as NodeJS.ErrnoException);
    }
  }

  #whyNotTaken(error: NodeJS.ErrnoException): Error {
    if (error.code === 'EEXIST') {
      const advice = 'was created by another process meanwhile; use another file';
      return new UserError('bad-output', `--output: ${this.name} ${advice}`);
    }
    const { path: temporary } = this.#temporary;
    if (error.code !== 'ENOENT' || existsSync(temporary)) return failed(this.name, error);
    const gone = `its temporary file ${path.basename(temporary)} was removed meanwhile`;
    const advice = 'nothing of it is kept; run the backfill again';
    return new UserError('output-failed', `--output: ${this.name} could not be written to its end: ${gone}; ${advice}`);
  }
}
