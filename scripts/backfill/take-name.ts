import { closeSync, linkSync, openSync, renameSync } from 'node:fs';
import { removeIfPossible } from './temporary-file.ts';

/**
 * Gives a complete file the name of the output. An existing output is replaced atomically, or kept if it is not to be
 * overwritten.
 * @param link creates a hard link
 * @throws the error of the file system: EEXIST if the output exists and is not to be overwritten, ENOENT if the file was
 *   removed
 */
export function takeName(file: string, output: string, isOverwriting: boolean, link = linkSync): void {
  if (isOverwriting) {
    renameSync(file, output);
    return;
  }
  try {
    link(file, output);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOENT') throw error;
    takeNameWithoutLink(file, output);
    return;
  }
  removeIfPossible(file);
}

/** For file systems without hard links: an empty file reserves the name, and is then replaced. */
function takeNameWithoutLink(file: string, output: string): void {
  closeSync(openSync(output, 'wx'));
  try {
    renameSync(file, output);
  } catch (error) {
    removeIfPossible(output);
    throw error;
  }
}
