import { onExit } from 'signal-exit';

/**
 * Runs a synchronous cleanup when this process exits, also by a signal, which runs no `finally`.
 * @param options.isLast after all others: for a cleanup that may throw, which keeps later ones from running
 * @returns how to run it now instead; it never runs twice
 */
export function atExit(cleanup: () => unknown, { isLast = false } = {}): () => void {
  let isDone = false;
  const runOnce = () => {
    if (isDone) return;
    isDone = true;
    cleanup();
  };
  const cancel = onExit(runOnce, { alwaysLast: isLast });
  return () => {
    cancel();
    runOnce();
  };
}
