import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isAlive } from '../../shared/registry/process-id.ts';

/** The package, as seen from the compiled form of this file. */
const PACKAGE = fileURLToPath(new URL('../../..', import.meta.url));
const COMPILED = join(PACKAGE, 'dist');

/** Inside node_modules, so that packages are found from there; and every tool knows that nothing in it is source. */
const CACHE = join(PACKAGE, 'node_modules', '.cache', 'demo-backend-log-generator');

/** What the process of a service runs. */
const FOLDERS = ['services', 'shared'] as const;

/** Names the copies of this machine: a checkout may be shared with another one, whose processes are not ours to judge. */
const HOST = hostname().replaceAll(/[^\w.]/g, '_');

/** Code for the processes of services. */
interface ServiceCode {
  /** Absolute path of the folder `services` in it. */
  readonly directory: string;
  /** To be called when no process will be started from it any more. */
  remove(): Promise<void>;
}

/**
 * The code as it is now, for as long as a fleet runs. In a checkout `tsc` may rewrite it meanwhile, and a service that is
 * restarted then would write other lines than the rest of the fleet expects; so the fleet gets a copy of its own. Where
 * nothing can be rebuilt, or no copy can be made, it is the code in its place.
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

/** Copies the JavaScript of a folder and of those in it. */
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

/** Removes the copies of fleets of this machine that ended without doing so, as by SIGKILL. */
async function removeAbandoned(): Promise<void> {
  // There is no such directory before the first start.
  const names = await readdir(CACHE).catch(() => []);
  const abandoned = names.filter((name) => {
    const [host, pid] = name.split('-');
    return host === HOST && !isAlive({ pid: Number(pid) });
  });
  await Promise.all(abandoned.map((name) => removeCopy(join(CACHE, name))));
}

/** One that cannot be removed is left: it is no reason not to start or not to end well. */
async function removeCopy(copy: string): Promise<void> {
  await rm(copy, { recursive: true, force: true }).catch(() => {});
}
