import { UserError } from '../../shared/errors.ts';
import { describeFsError } from '../../shared/fs-errors.ts';

/** Whoever read the output has left, as `head` does: an end, not a failure. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone';
}

/** What to tell the user of an output that cannot be opened. */
export function refused(name: string, error: unknown): UserError {
  return new UserError(
    'bad-output',
    `--output: ${name} cannot be written: ${describeFsError(error)}; fix that or use another file`,
  );
}

/** What to throw when writing has failed: ReaderGone, or what to tell the user. */
export function failed(name: string, error: unknown): ReaderGone | UserError {
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') return new ReaderGone();
  const advice = 'nothing of it is kept; fix that, or use --output on another disk';
  return new UserError(
    'output-failed',
    `--output: ${name} could not be written to its end: ${describeFsError(error)}; ${advice}`,
  );
}
