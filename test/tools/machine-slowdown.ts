import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';

/** How long an empty Node program takes at most on an idle machine, in ms. */
const MAX_IDLE_MS = 100;

/** How many times slower than an idle machine this one is at present; 1 when it is idle. */
export async function machineSlowdown(): Promise<number> {
  const start = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'close');
  return Math.max(1, (performance.now() - start) / MAX_IDLE_MS);
}
