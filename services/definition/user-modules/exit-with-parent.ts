import { Worker } from 'node:worker_threads';

/** How often it looks for the parent, and how long the process then has to leave by itself, in ms. */
const CHECK_INTERVAL_MS = 500;

const WATCH = `
const { ppid } = process;
let isGone = false;
setInterval(() => {
  if (isGone) process.kill(process.pid, 'SIGKILL');
  isGone = process.ppid !== ppid;
}, ${CHECK_INTERVAL_MS});
`;

/**
 * Ends this process soon after its parent has ended, whatever it does then: a user's module may never return to the
 * event loop, and would not hear of it there. Therefore a thread watches.
 */
export function leaveWithParent(): void {
  new Worker(WATCH, { eval: true, execArgv: [], env: {}, resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
}
