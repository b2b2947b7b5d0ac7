import { UserError } from '../../shared/errors.ts';
import { describeFsError } from '../../shared/fs-errors.ts';

/** The reader of the output has closed it, as `head` does. This ends a backfill, but is no failure. */
export class ReaderClosed extends Error {
  override readonly name = 'ReaderClosed';
}

/** The error for an output that cannot be opened. */
export function toOpenError(name: string, error: unknown): UserError {
  return new UserError(
    'bad-output',
    `--output: ${name} cannot be written: ${describeFsError(error)}; fix that or use another file`,
  );
}

/** The error for a write that failed. */
export function toWriteError(name: string, error: unknown): ReaderClosed | UserError {
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') return new ReaderClosed();
  return incomplete(name, describeFsError(error), 'fix that, or use --output on another disk');
}

/** The error for an output that could not be written completely. */
export function incomplete(name: string, reason: string, advice: string): UserError {
  return new UserError(
    'output-failed',
    `--output: ${name} could not be written completely: ${reason}; nothing of it is kept; ${advice}`,
  );
}
