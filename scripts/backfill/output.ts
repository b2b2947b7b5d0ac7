import { type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { realLogFile } from '../../shared/registry/log-identity.ts';
import { openDevice, openStdout } from './direct-output.ts';
import { openFile } from './file-output.ts';
import { refused } from './output-errors.ts';
import { STDOUT_NAME } from './settings.ts';

/** Where the slices go. Bytes are written as they are, without copying. */
export interface Output {
  /** What it is called in messages. */
  readonly name: string;
  /** What is written can be taken back. */
  readonly isFile: boolean;
  /**
   * Resolves when all bytes are taken.
   * @throws {ReaderGone} when nobody reads any more
   * @throws {UserError} `output-failed`
   */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * All is written.
   * @throws {UserError} `output-failed`, `bad-output`
   */
  finish(): void;
  /**
   * Keeps the writes that were completed, at once, and nothing of one that was not.
   * @throws {UserError} `output-failed`, `bad-output`
   */
  keep(): void;
  /** Leaves nothing of it where that is possible. */
  discard(): void;
}

/**
 * Opens the output. A file is written under another name until it is whole; a device or named pipe is written as it is.
 * @throws {UserError} `bad-output`
 */
export async function openOutput(output: string, force: boolean): Promise<Output> {
  if (output === STDOUT_NAME) return openStdout();
  const found = look(output);
  if (found?.isDirectory()) throw new UserError('bad-output', `--output: ${output} is a directory; use a file in it`);
  if (found && !found.isFile()) return openDevice(output, found);
  if (found && !force) {
    throw new UserError(
      'bad-output',
      `--output: ${output} exists already; use another file, or --force to overwrite it`,
    );
  }
  return openFile({ name: output, file: realLogFile(path.resolve(output)), force, mode: found?.mode });
}

function look(output: string): Stats | undefined {
  try {
    return statSync(output, { throwIfNoEntry: false });
  } catch (error) {
    throw refused(output, error);
  }
}
