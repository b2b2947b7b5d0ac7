import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';

/** How long a program of nothing takes to start and end on a machine that has nothing else to do, in ms, at most. */
const CALM = 100;

/** How many times slower than a calm machine this one is just now; 1 when it is calm. */
export async function machineSlowdown(): Promise<number> {
  const start = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'close');
  return Math.max(1, (performance.now() - start) / CALM);
}
