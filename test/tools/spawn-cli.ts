import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Our commands. */
export const CLI = fileURLToPath(new URL('../../scripts/cli.js', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** Runs one of the project's commands to its end. */
export function spawnCli(...args: readonly string[]): Promise<Ended> {
  return spawnCliIn(process.env, ...args);
}

/** The same in another environment. */
export async function spawnCliIn(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, output };
}
