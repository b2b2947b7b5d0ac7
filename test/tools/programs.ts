import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ServiceProgram } from '../../shared/service-program.ts';

/** A service that runs one of the programs in `fixtures/processes`. */
export function program(name: string, fixture: string): ServiceProgram {
  const logName = `${name[0]?.toUpperCase()}${name.slice(1)}Service`;
  const file = fileURLToPath(new URL(`../fixtures/processes/${fixture}.js`, import.meta.url));
  return { name, logName, file, args: [name, logName] };
}

/** True while the process runs; one that nobody has waited for yet has ended all the same. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/, ''));
  } catch {
    return false;
  }
}
