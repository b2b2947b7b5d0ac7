import { closeSync, linkSync, openSync, renameSync } from 'node:fs';
import { removeIfPossible } from './temporary-file.ts';

/**
 * Gives a file, which is whole, the name of the output. What has that name stays unless it is to be overwritten; it is
 * replaced at one stroke, by a whole file.
 * @param link makes a hard link
 * @throws what the system says: EEXIST when there is an output and it is not to be overwritten, ENOENT when the file is
 *   gone
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

/** Not every file system has hard links. An empty file takes the name, which it does only if nobody has it. */
function takeNameWithoutLink(file: string, output: string): void {
  closeSync(openSync(output, 'wx'));
  try {
    renameSync(file, output);
  } catch (error) {
    removeIfPossible(output);
    throw error;
  }
}
