import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { TrackedFile } from './log-file.ts';

/** What rotation needs of `node:fs`: tests inject their faults here. */
export interface RotationFs {
  /** Names in a directory. */
  list(directory: string): Promise<readonly string[]>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** The real file system. */
export const nodeFs: RotationFs = { list: readdir, rename, remove: (path) => rm(path, { force: true }) };

/**
 * Renames the log to `app.log.1`, `app.log.2` and so on, the highest number being the latest, and opens a new one. A
 * rotated file keeps its name, so a rotation costs one rename and usually one removal however many are kept; nothing is
 * written to it any more, so that a reader that follows it by inode may close it at its end.
 * @param log real path: of a symbolic link, the target is rotated
 * @param keep how many rotated files are kept, 0 or more
 * @param open opens the new file
 * @throws any error of `fs` or `open`; the log then has its name
 */
export async function rotate(
  log: string,
  keep: number,
  open: () => Promise<TrackedFile>,
  fs: RotationFs = nodeFs,
): Promise<TrackedFile> {
  const numbers = await rotatedNumbers(log, fs);
  const next = (numbers.at(-1) ?? 0) + 1;
  await fs.rename(log, `${log}.${next}`);
  const file = await open().catch(async (error: unknown) => {
    await fs.rename(`${log}.${next}`, log).catch(() => {});
    throw error;
  });
  const all = [...numbers, next];
  for (const number of all.slice(0, Math.max(0, all.length - keep))) {
    // The next rotation tries again.
    await fs.remove(`${log}.${number}`).catch(() => {});
  }
  return file;
}

/** Ascending. Read at each rotation: another program may add and remove such files. */
async function rotatedNumbers(log: string, fs: RotationFs): Promise<readonly number[]> {
  const prefix = `${path.basename(log)}.`;
  const names = (await fs.list(path.dirname(log))).filter((name) => name.startsWith(prefix));
  const suffixes = names.map((name) => name.slice(prefix.length)).filter((suffix) => /^[1-9]\d{0,14}$/.test(suffix));
  return suffixes.map(Number).sort((a, b) => a - b);
}
