export interface SignalHandlers {
  /** SIGINT or SIGTERM. */
  readonly interrupt: (signal: string) => void;
  /** A second one of them: no more patience. */
  readonly forceQuit: () => void;
  /** SIGHUP. */
  readonly hangup: () => void;
}

/** How soon a second signal is taken for an echo of the first, in ms: `npm` passes on what the terminal sent to all. */
const DEBOUNCE_MS = 300;

/** What the signals do from now on. Returns how to leave them alone again. */
export function onSignals({ interrupt, forceQuit, hangup }: SignalHandlers, now = () => performance.now()): () => void {
  let stoppedAt: number | undefined;
  const end = (signal: NodeJS.Signals) => {
    if (stoppedAt === undefined) {
      stoppedAt = now();
      interrupt(signal);
    } else if (now() - stoppedAt > DEBOUNCE_MS) {
      forceQuit();
    }
  };
  process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', hangup);
  return () => {
    process.off('SIGINT', end).off('SIGTERM', end).off('SIGHUP', hangup);
  };
}
