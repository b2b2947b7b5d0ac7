/** What the signals do. */
export interface SignalHandlers {
  /** The first SIGINT or SIGTERM. */
  readonly interrupt: (signal: NodeJS.Signals) => void;
  /** Every later one. */
  readonly forceQuit: (signal: NodeJS.Signals) => void;
  /** Every SIGHUP. */
  readonly hangup: () => void;
}

/** A signal this soon after the first, in ms, is the same: `npm` passes on what the terminal sent to every process. */
const DEBOUNCE_MS = 300;

/**
 * Handles the signals of this process from now on.
 * @param now any steady clock, in ms
 * @returns removes the handlers
 */
export function onSignals({ interrupt, forceQuit, hangup }: SignalHandlers, now = () => performance.now()): () => void {
  let interruptedAt: number | undefined;
  const handleInterrupt = (signal: NodeJS.Signals) => {
    if (interruptedAt === undefined) {
      interruptedAt = now();
      interrupt(signal);
    } else if (now() - interruptedAt > DEBOUNCE_MS) {
      forceQuit(signal);
    }
  };
  process.on('SIGINT', handleInterrupt).on('SIGTERM', handleInterrupt).on('SIGHUP', hangup);
  return () => {
    process.off('SIGINT', handleInterrupt).off('SIGTERM', handleInterrupt).off('SIGHUP', hangup);
  };
}
