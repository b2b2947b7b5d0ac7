/** A backfill run as a user does, in a directory of its own, for one test. */

import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { CLI } from './fleet.ts';

/** Three slices, the last of them shorter. */
export const RANGE = ['--from', '2026-11-01T00:00:00Z', '--to', '2026-11-01T00:01:05Z', '--rate', '1000'] as const;

/** More than any machine writes while a test runs. */
export const ENDLESS = ['--from', '2026-01-01', '--to', '2026-11-01', '--rate', '1000'] as const;

export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Checksum of the files put end to end. */
export function sha256OfFiles(directory: string, ...names: readonly string[]): string {
  return sha256(...names.map((name) => readFileSync(join(directory, name))));
}

export function filesIn(directory: string): string[] {
  return readdirSync(directory).sort();
}

/** Names of the files in which backfills to that output write, or were when they were killed. */
export function temporaryFiles(directory: string, output: string): string[] {
  return filesIn(directory).filter((name) => name.startsWith(`${output}.`) && name.endsWith('.part'));
}

/** Resolves with the name of the temporary file of a backfill to that output, once something is in it. */
export async function hasBegun(directory: string, output: string, others: readonly string[] = []): Promise<string> {
  const size = (name: string) => statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0;
  const begun = () => temporaryFiles(directory, output).find((name) => !others.includes(name) && size(name) > 0);
  await expect.poll(begun, { interval: 1 }).toBeDefined();
  return begun() as string;
}

/** A backfill that is under way. */
export interface Running {
  readonly process: ChildProcess;
  /** Everything that it has said on stderr, once it has ended. */
  readonly ended: Promise<{ readonly status: number | null; readonly stderr: string }>;
}

/** Starts one; what it writes to stdout is the test's to read. */
export function startBackfill(cwd: string, ...args: readonly string[]): Running {
  return startIn(cwd, process.execPath, CLI, 'backfill', ...args);
}

/** The same by other words; as the leader of a process group of its own. */
export function startIn(cwd: string, file: string, ...args: readonly string[]): Running {
  const child = spawn(file, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'exit').then(([status]) => ({ status: status as number | null, stderr }));
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid as number), 'SIGKILL');
    await ended;
  });
  return { process: child, ended };
}
