import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { onSignals } from '../../supervisor/signals.ts';

/** How long a write that is pending when the user interrupts may take, in ms. */
const INTERRUPT_TIMEOUT_MS = 2_000;

/** Interruption by the user: SIGINT, SIGTERM or SIGHUP. */
export interface Interruption {
  /** Aborted at the first signal. */
  readonly signal: AbortSignal;
  /** Aborted at the second signal, or 2 s after the first: pending writes are abandoned then. */
  readonly deadline: AbortSignal;
  /** 0 until the first signal; then as a shell has it: 130 after SIGINT, 143 after SIGTERM. */
  readonly exitStatus: number;
  /** Removes the signal handlers. */
  readonly dispose: () => void;
}

/** Handles the signals until the result is disposed of. */
export function watchForInterruption(): Interruption {
  const first = new AbortController();
  const deadline = new AbortController();
  let exitStatus = 0;
  const stop = (signal: string) => {
    exitStatus = 128 + constants.signals[signal as NodeJS.Signals];
    first.abort();
    setTimeout(() => deadline.abort(), INTERRUPT_TIMEOUT_MS).unref();
  };
  // The terminal was closed.
  const hangup = isIgnored('SIGHUP') ? () => {} : () => stop('SIGHUP');
  const dispose = onSignals({ interrupt: stop, forceQuit: () => deadline.abort(), hangup });
  return {
    signal: first.signal,
    deadline: deadline.signal,
    get exitStatus() {
      return exitStatus;
    },
    dispose,
  };
}

/**
 * Resolves with true once the work is done, or with false at the deadline.
 * @throws what the work rejects with before the deadline
 */
export function settledBefore(deadline: AbortSignal, work: Promise<void>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const abandon = () => resolve(false);
    deadline.addEventListener('abort', abandon, { once: true });
    work.then(() => resolve(true), reject).finally(() => deadline.removeEventListener('abort', abandon));
  });
}

/** True if the parent process had the signal ignored, as `nohup` does; known only where there is /proc. */
function isIgnored(signal: NodeJS.Signals): boolean {
  try {
    const mask = /^SigIgn:\s+([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
    return ((BigInt(`0x${mask}`) >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n;
  } catch {
    return false;
  }
}
