import { type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { realLogFile } from '../../shared/registry/log-identity.ts';
import { STDOUT_NAME } from './backfill-settings.ts';
import { openDevice, openStdout } from './direct-output.ts';
import { openFile } from './file-output.ts';
import type { Output } from './output.ts';
import { toOpenError } from './output-errors.ts';

/**
 * Opens the output of a backfill. A file has a temporary name until it is complete; a device or named pipe is written
 * directly.
 * @param output path as typed, or `-` for stdout
 * @param force whether to overwrite a file
 * @throws {UserError} `bad-output`
 */
export async function openOutput(output: string, force: boolean): Promise<Output> {
  if (output === STDOUT_NAME) return openStdout();
  const stats = statsOf(output);
  if (stats?.isDirectory()) throw new UserError('bad-output', `--output: ${output} is a directory; use a file in it`);
  if (stats && !stats.isFile()) return openDevice(output, stats);
  if (stats && !force) {
    throw new UserError(
      'bad-output',
      `--output: ${output} exists already; use another file, or --force to overwrite it`,
    );
  }
  return openFile({ name: output, file: realLogFile(path.resolve(output)), force, mode: stats?.mode });
}

function statsOf(output: string): Stats | undefined {
  try {
    return statSync(output, { throwIfNoEntry: false });
  } catch (error) {
    throw toOpenError(output, error);
  }
}
