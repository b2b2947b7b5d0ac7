import { lstat, rename, rm } from 'node:fs/promises';
import { realLogFile } from '../../shared/paths.ts';
import { openLogFile, type PlacedFile } from './log-file.ts';

/** What rotation does to the disk: where tests put their faults. */
export interface RotationDisk {
  open(path: string): Promise<PlacedFile>;
  exists(path: string): Promise<boolean>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

export const realDisk: RotationDisk = {
  open: openLogFile,
  exists: (path) =>
    lstat(path).then(
      () => true,
      () => false,
    ),
  rename,
  remove: (path) => rm(path, { force: true }),
};

/**
 * Moves `app.log` to `app.log.1`, `app.log.1` to `app.log.2` and so on, over the oldest, and opens a new `app.log`. The
 * old one gets nothing more, so that who follows it by inode may let go of it at its end. When no new one can be
 * opened, the old one gets its name back.
 *
 * Through a link, it is the file that is rotated and not the link: its real path also names the fleet.
 * @param keep how many old ones remain; with 0 the old one is removed
 */
export async function rotate(path: string, keep: number, disk: RotationDisk): Promise<PlacedFile> {
  const real = realLogFile(path);
  const aside = `${real}.1`;
  const moves = await movesFor(real, Math.max(1, keep), disk);
  for (const [from, to] of moves) await disk.rename(from, to);
  const file = await disk.open(path).catch(async (error: unknown) => {
    await disk.rename(aside, real).catch(() => {});
    throw error;
  });
  // If this fails, it is the first to be overwritten next time.
  if (keep === 0) await disk.remove(aside).catch(() => {});
  return file;
}

/** Moves no more than it takes to free `.1`: trying again after a failure must not push a further old one out. */
async function movesFor(
  real: string,
  keep: number,
  disk: RotationDisk,
): Promise<readonly (readonly [string, string])[]> {
  const moves: [string, string][] = [[real, `${real}.1`]];
  for (let number = 1; number < keep && (await disk.exists(`${real}.${number}`)); number++) {
    moves.unshift([`${real}.${number}`, `${real}.${number + 1}`]);
  }
  return moves;
}
