import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Runner } from './compare-runners.ts';

const LINES = 1_000_000;
const UNLIMITED = ['--quiet', '--number', String(LINES), '--rate', '100000000', '--interval', '600'] as const;

/** The load generator of syslog-ng, which writes one fixed message to a socket; undefined where it is not installed. */
export async function loggen(directory: string): Promise<Runner | undefined> {
  if (spawnSync('loggen', ['--help'], { stdio: 'ignore' }).error) return undefined;
  const socket = join(directory, 'loggen.sock');
  await discardAll(socket);
  return { name: 'loggen', file: 'loggen', args: ['--unix', '--stream', ...UNLIMITED, socket], lines: LINES };
}

/** Reads and discards everything sent to a socket, until this process exits. */
async function discardAll(socket: string): Promise<void> {
  const server = createServer((connection) => connection.on('error', () => {}).resume());
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  server.unref();
}
