import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { onSignals } from '../../supervisor/signals.ts';

/** How long a write that is on its way when the user interrupts may take, in ms. */
const INTERRUPT_TIMEOUT_MS = 2_000;

/** Ctrl-C and its like, as long as it is watched. */
export interface Interruption {
  /** Aborted at the first of them. */
  readonly signal: AbortSignal;
  /** Aborted at the second, or when the first is a while ago: what is not done by now is not waited for. */
  readonly deadline: AbortSignal;
  /** What the process ends with by convention: 130 after SIGINT, 143 after SIGTERM. */
  readonly exitStatus: number;
  /** Leaves the signals alone again. */
  readonly dispose: () => void;
}

export function watchForInterruption(): Interruption {
  const first = new AbortController();
  const deadline = new AbortController();
  let exitStatus = 0;
  const stop = (signal: string) => {
    exitStatus = 128 + constants.signals[signal as NodeJS.Signals];
    first.abort();
    setTimeout(() => deadline.abort(), INTERRUPT_TIMEOUT_MS).unref();
  };
  // The terminal is closed.
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

/** Resolves with true when the work is done, with false when it is not by the deadline. */
export function doneBefore(deadline: AbortSignal, work: Promise<void>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve(false);
    deadline.addEventListener('abort', giveUp, { once: true });
    work.then(() => resolve(true), reject).finally(() => deadline.removeEventListener('abort', giveUp));
  });
}

/** True when whoever started us wants us not to heed the signal, as `nohup` does; only where there is /proc. */
function isIgnored(signal: NodeJS.Signals): boolean {
  try {
    const mask = /^SigIgn:\s+([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
    return ((BigInt(`0x${mask}`) >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n;
  } catch {
    return false;
  }
}
