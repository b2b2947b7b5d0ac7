import { readdirSync } from 'node:fs';

/** Names of the entries of a directory; none if it cannot be listed. */
export function listDirectory(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
