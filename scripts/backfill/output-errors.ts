import { UserError } from '../../shared/errors.ts';

/** Whoever read the output has left, as `head` does: an end, not a failure. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its directory does not exist',
  ENOTDIR: 'its directory is a file',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  EFBIG: 'the file is larger than it may be',
  EIO: 'the disk reports an error',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links go round in a circle',
};

/** What to tell the user of an output that cannot be opened. */
export function refused(name: string, error: unknown): UserError {
  return new UserError(
    'bad-output',
    `--output: ${name} cannot be written: ${why(error)}; mend that or give another file`,
  );
}

/** What to throw when writing has failed: ReaderGone, or what to tell the user. */
export function failed(name: string, error: unknown): ReaderGone | UserError {
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') return new ReaderGone();
  const advice = 'nothing of it is kept; mend that, or give --output on another disk';
  return new UserError('output-failed', `--output: ${name} could not be written to its end: ${why(error)}; ${advice}`);
}

function why(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}
