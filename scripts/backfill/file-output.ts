import { closeSync, existsSync, ftruncateSync, openSync, renameSync, rmSync } from 'node:fs';
import { UserError } from '../../shared/errors.ts';
import type { Output } from './output.ts';
import { failed, refused } from './output-errors.ts';
import { writeAll } from './write-all.ts';

export interface FileChoice {
  /** As the user calls it. */
  readonly name: string;
  /** Absolute path, behind links. */
  readonly file: string;
  readonly force: boolean;
  /** Permissions of the file that it takes the place of. */
  readonly mode: number | undefined;
}

/**
 * Opens `<file>.part`, which takes the file's name when it is whole. So a file of that name is never half-written, and
 * one that is to be overwritten stays as it is until then.
 * @throws {UserError} `bad-output`
 */
export function openFile(choice: FileChoice): Output {
  const part = `${choice.file}.part`;
  try {
    const fd = openSync(part, choice.force ? 'w' : 'wx', (choice.mode ?? 0o666) & 0o777);
    return new FileOutput(choice, part, fd);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw refused(choice.name, error);
    const advice = 'of a backfill that still runs or was killed; wait for it, or give --force to overwrite it';
    throw new UserError('bad-output', `--output: ${choice.name}.part exists already, ${advice}`);
  }
}

class FileOutput implements Output {
  readonly name: string;
  readonly isFile = true;
  readonly #choice: FileChoice;
  readonly #part: string;
  readonly #fd: number;
  #completed = 0;

  constructor(choice: FileChoice, part: string, fd: number) {
    this.name = choice.name;
    this.#choice = choice;
    this.#part = part;
    this.#fd = fd;
  }

  async write(bytes: Uint8Array): Promise<void> {
    try {
      await writeAll(this.#fd, bytes);
    } catch (error) {
      throw failed(this.name, error);
    }
    this.#completed += bytes.length;
  }

  finish(): void {
    try {
      // Some file systems tell only now that they had no room.
      closeSync(this.#fd);
      this.#takeName();
    } catch (error) {
      throw error instanceof UserError ? error : failed(this.name, error);
    }
  }

  keep(): void {
    // The system does one after the other: a write that is on its way is over when this returns.
    ftruncateSync(this.#fd, this.#completed);
    this.#takeName();
  }

  discard(): void {
    rmSync(this.#part, { force: true });
  }

  #takeName(): void {
    const { file, force } = this.#choice;
    if (!force && existsSync(file)) {
      throw new UserError(
        'bad-output',
        `--output: ${this.name} has been made by somebody else meanwhile; give another file`,
      );
    }
    renameSync(this.#part, file);
  }
}
