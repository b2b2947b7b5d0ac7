export interface SignalActions {
  /** SIGINT or SIGTERM. */
  readonly stop: (signal: string) => void;
  /** A second one of them: no more patience. */
  readonly kill: () => void;
  /** SIGHUP. */
  readonly reopen: () => void;
}

/** How soon a second signal is taken for an echo of the first, in ms: `npm` passes on what the terminal sent to all. */
const ECHO = 300;

/** What the signals do from now on. Returns how to leave them alone again. */
export function onSignals({ stop, kill, reopen }: SignalActions, now = () => performance.now()): () => void {
  let stoppedAt: number | undefined;
  const end = (signal: NodeJS.Signals) => {
    if (stoppedAt === undefined) {
      stoppedAt = now();
      stop(signal);
    } else if (now() - stoppedAt > ECHO) {
      kill();
    }
  };
  process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', reopen);
  return () => {
    process.off('SIGINT', end).off('SIGTERM', end).off('SIGHUP', reopen);
  };
}
