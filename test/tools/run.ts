import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository. Tests run from their source, the soak and the benchmark from `dist/`. */
export const ROOT = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../..' : '../../..', import.meta.url));

/** Entry point of the project's commands. */
export const CLI = join(ROOT, 'dist/scripts/cli.js');

/** What a program wrote, and its exit status; null after a signal. */
export interface ExitResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program until it exits. */
export async function run(
  file: string,
  args: readonly string[],
  cwd: string,
  options: Pick<SpawnOptions, 'env' | 'uid' | 'gid'> = {},
): Promise<ExitResult> {
  const child = spawn(file, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, ...output };
}

/** Runs one of the project's commands in `cwd`, as `npm run` would. */
export function command(cwd: string, ...args: readonly string[]): Promise<ExitResult> {
  return run(process.execPath, [CLI, ...args], cwd);
}
