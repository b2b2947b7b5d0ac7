import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Runner } from './compare-runners.ts';

/** Other generators, where they are installed. */
export async function competitors(directory: string): Promise<readonly Runner[]> {
  const output = join(directory, 'flog.log');
  const flog = ['-t', 'log', '-f', 'apache_combined', '-w', '-o', output, '-n', '500000'];
  const socket = join(directory, 'loggen.sock');
  const loggen = ['--unix', '--stream', '--quiet', '--number', '1000000', '--rate', '100000000', '--interval', '600'];
  const found: Runner[] = [];
  if (isInstalled('flog')) found.push({ name: 'flog', file: 'flog', args: flog, lines: 500_000, output });
  if (isInstalled('loggen')) {
    await listen(socket);
    found.push({ name: 'loggen', file: 'loggen', args: [...loggen, socket], lines: 1_000_000 });
  }
  return found;
}

function isInstalled(program: string): boolean {
  return (spawnSync(program, ['--help'], { stdio: 'ignore' }).error as NodeJS.ErrnoException | undefined) === undefined;
}

/** Reads and forgets what comes. It keeps nobody from ending. */
async function listen(path: string): Promise<void> {
  const server = createServer((connection) => {
    connection.on('error', () => {});
    connection.resume();
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  server.unref();
}
