import { leaveWithParent } from './exit-with-parent.ts';

/** What Node has of a pipe, so far as it is used here. */
interface MaybePipe {
  readonly _handle?: { setBlocking?(isBlocking: boolean): void } | null;
}

/**
 * Makes this process fit to run a user's module in it. It ends with its parent, even in an endless loop; and a print
 * waits while nobody reads, instead of piling up in memory: a module that prints without end is slowed down thereby.
 */
export function contain(): void {
  leaveWithParent();
  for (const stream of [process.stdout, process.stderr]) (stream as MaybePipe)._handle?.setBlocking?.(true);
}
