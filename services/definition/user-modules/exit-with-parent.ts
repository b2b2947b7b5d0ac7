import { Worker } from 'node:worker_threads';

/** How often it looks for the parent, and how long the process then has to exit by itself, in ms. */
const CHECK_INTERVAL_MS = 500;

const WATCH = `
const { ppid } = process;
let hasLostParent = false;
setInterval(() => {
  if (hasLostParent) process.kill(process.pid, 'SIGKILL');
  hasLostParent = process.ppid !== ppid;
}, ${CHECK_INTERVAL_MS});
`;

/**
 * Ends this process soon after its parent has ended, whatever it is doing. A thread watches the parent, because a user's
 * module may never return to the event loop.
 */
export function exitWithParent(): void {
  new Worker(WATCH, { eval: true, execArgv: [], env: {}, resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
}
