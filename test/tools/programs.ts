import { fileURLToPath } from 'node:url';
import type { ServiceProgram } from '../../shared/service-program.ts';
import { procStat } from './proc-stat.ts';

/** A service whose process is one of the programs in `fixtures/processes`. */
export function program(name: string, fixture: string): ServiceProgram {
  const logName = `${name[0]?.toUpperCase()}${name.slice(1)}Service`;
  const file = fileURLToPath(new URL(`../fixtures/processes/${fixture}.js`, import.meta.url));
  return { name, logName, file, args: [name, logName] };
}

/** True while the process runs. A zombie, which its parent has not waited for yet, does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return procStat(pid)?.[0] !== 'Z';
}
