import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import path from 'node:path';

/** Identifies a file as long as it exists: afterwards its inode number may be used again. */
export type FileIdentity = string;

/**
 * Makes the server listen on that path only, in a directory that only this user may enter. An existing socket is
 * replaced; open connections stay open.
 * @returns the identity of the new socket
 * @throws what the file system or the server reports
 */
export async function listenOn(server: Server, socketPath: string): Promise<FileIdentity> {
  const directory = path.dirname(socketPath);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  if (server.listening) server.close();
  rmSync(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => {
      server.off('error', reject);
      resolve();
    });
  });
  chmodSync(socketPath, 0o600);
  return identityOf(socketPath) ?? '';
}

/** Identity of the file at that path; undefined when there is none. */
export function identityOf(file: string): FileIdentity | undefined {
  try {
    const { dev, ino, ctimeMs } = lstatSync(file);
    return `${dev} ${ino} ${ctimeMs}`;
  } catch {
    return undefined;
  }
}
