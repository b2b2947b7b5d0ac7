import { exitWithParent } from './exit-with-parent.ts';

/** The internal part of a Node stream that is used here, if the stream is a pipe. */
interface MaybePipe {
  readonly _handle?: { setBlocking?(isBlocking: boolean): void } | null;
}

/**
 * Makes it safe to run a user's module in this process. The process exits with its parent, even from an endless loop; and
 * prints wait for the reader instead of piling up in memory, which slows down a module that prints without end.
 */
export function contain(): void {
  exitWithParent();
  for (const stream of [process.stdout, process.stderr]) (stream as MaybePipe)._handle?.setBlocking?.(true);
}
