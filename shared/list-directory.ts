import { type Dirent, readdirSync } from 'node:fs';

/** The entries of a directory; none if it cannot be listed. */
export function listDirectory(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}
