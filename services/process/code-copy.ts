import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isAlive } from '../../shared/registry/process-id.ts';

/** The package, as seen from the compiled form of this file. */
const PACKAGE = fileURLToPath(new URL('../../..', import.meta.url));
const COMPILED = join(PACKAGE, 'dist');

/** Inside node_modules, so that packages resolve from there and tools do not take it for source. */
const CACHE = join(PACKAGE, 'node_modules', '.cache', 'demo-backend-log-generator');

/** The folders that a service process runs code of. */
const FOLDERS = ['services', 'shared'] as const;

/** Part of the name of a copy: a checkout may be shared with other machines, whose processes are not visible here. */
const HOST = hostname().replaceAll(/[^\w.]/g, '_');

/** The code that service processes run. */
interface ServiceCode {
  /** Absolute path of its folder `services`. */
  readonly directory: string;
  /** Call it when no more processes will be started from it. */
  remove(): Promise<void>;
}

/**
 * The code as it is now, for as long as a fleet runs. In a checkout `tsc` may rewrite it meanwhile, and a service that is
 * restarted then would write other lines than the rest of the fleet expects; so the fleet gets its own copy. The code
 * itself is used where nothing can be rebuilt or no copy can be made.
 */
export async function codeForFleet(): Promise<ServiceCode> {
  const inPlace = { directory: join(COMPILED, 'services'), remove: async () => {} };
  if (!existsSync(join(PACKAGE, 'tsconfig.json'))) return inPlace;
  await removeAbandoned();
  let copy: string | undefined;
  const remove = async () => {
    if (copy !== undefined) await removeCopy(copy);
  };
  try {
    await mkdir(CACHE, { recursive: true });
    copy = await mkdtemp(join(CACHE, `${HOST}-${process.pid}-`));
    await writeFile(join(copy, 'package.json'), '{"type":"module"}\n');
    for (const folder of FOLDERS) await copyCode(join(COMPILED, folder), join(copy, folder));
    return { directory: join(copy, 'services'), remove };
  } catch {
    await remove();
    return inPlace;
  }
}

/** Copies the JavaScript files of a folder and its subfolders. */
async function copyCode(from: string, to: string): Promise<void> {
  await mkdir(to);
  const entries = await readdir(from, { withFileTypes: true });
  const copies = entries.map((entry) => {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) return copyCode(source, target);
    return entry.name.endsWith('.js') ? copyFile(source, target) : undefined;
  });
  await Promise.all(copies);
}

/** Removes the copies of fleets on this machine that could not do so themselves, for example after a SIGKILL. */
async function removeAbandoned(): Promise<void> {
  // Before the first start there is no such directory.
  const names = await readdir(CACHE).catch(() => []);
  const abandoned = names.filter((name) => {
    const [host, pid] = name.split('-');
    return host === HOST && !isAlive({ pid: Number(pid) });
  });
  await Promise.all(abandoned.map((name) => removeCopy(join(CACHE, name))));
}

/** A copy that cannot be removed stays: that is no reason to fail at start or stop. */
async function removeCopy(copy: string): Promise<void> {
  await rm(copy, { recursive: true, force: true }).catch(() => {});
}
