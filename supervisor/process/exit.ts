/** How a process exited. */
export interface Exit {
  readonly code: number | undefined;
  readonly signal: string | undefined;
  /** Why it could not be started at all. */
  readonly error: string | undefined;
  readonly wasReady: boolean;
  readonly ranMs: number;
  /** The last lines of its stderr. */
  readonly stderrTail: readonly string[];
}

/** `exit code 1`, `signal SIGKILL` or `could not be started: ...`. */
export function describeExit({ code, signal, error }: Exit): string {
  if (signal !== undefined) return `signal ${signal}`;
  if (code !== undefined) return `exit code ${code}`;
  return `could not be started: ${error ?? 'unknown reason'}`;
}

/** Lines of a stack trace without the cause: frames, the marker under the source, the version. */
const NOISE = /^\s+at |^[\s^~]*$|^Node\.js v/;

/** Lines of stderr that are quoted at most. */
const MAX_STDERR_LINES = 5;

/** How a process exited unexpectedly and, if it had not even loaded, what it wrote to stderr. */
export function describeCrash(exit: Exit): string {
  if (exit.wasReady) return `died, ${describeExit(exit)}, after ${(exit.ranMs / 1000).toFixed(1)} s`;
  const lines = exit.stderrTail.filter((line) => !NOISE.test(line)).slice(-MAX_STDERR_LINES);
  const quote = lines.length === 0 ? 'it wrote nothing to stderr' : lines.map((line) => line.trim()).join(' | ');
  return `died before it was ready, ${describeExit(exit)}: ${quote}`;
}
