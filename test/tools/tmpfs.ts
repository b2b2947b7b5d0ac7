import { spawnSync } from 'node:child_process';

/**
 * Mounts an empty file system in memory on a directory.
 * @param size as mount(8) takes it, for example `256m`
 * @returns how to unmount it, which throws when that fails; undefined where this user or system cannot mount
 */
export function mountTmpfs(directory: string, size: string): (() => void) | undefined {
  if (process.platform !== 'linux') return undefined;
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', directory]);
  if (status !== 0) return undefined;
  return () => {
    // Lazily: a file that is still open must not keep it mounted for good.
    const { stderr } = spawnSync('umount', ['--lazy', directory], { encoding: 'utf8' });
    if (stderr) throw new Error(stderr);
  };
}
