import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import path from 'node:path';

/** Identifies a file while it exists: the number of its inode is given to another file once it is gone. */
export type FileIdentity = string;

/**
 * Has the server listen on that path, in a directory that only this user may enter; from now on there only, if it
 * listened elsewhere before. Connections that are open stay open. A socket that is there already is replaced.
 * @returns the identity of the new socket
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

/** Undefined when there is no such file. */
export function identityOf(file: string): FileIdentity | undefined {
  try {
    const { dev, ino, ctimeMs } = lstatSync(file);
    return `${dev} ${ino} ${ctimeMs}`;
  } catch {
    return undefined;
  }
}
