/** A backfill run as a user does, in a directory of its own, for one test. */

import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { CLI } from '../tools/run.ts';

/** Three slices, of which the last is shorter. */
export const RANGE = ['--from', '2026-11-01T00:00:00Z', '--to', '2026-11-01T00:01:05Z', '--rate', '1000'] as const;

/** More than any machine can write while a test runs. */
export const ENDLESS = ['--from', '2026-01-01', '--to', '2026-11-01', '--rate', '1000'] as const;

export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Checksum of the concatenated files. */
export function sha256OfFiles(directory: string, ...names: readonly string[]): string {
  return sha256(...names.map((name) => readFileSync(join(directory, name))));
}

export function fileNamesIn(directory: string): string[] {
  return readdirSync(directory).sort();
}

/** Names of the temporary files of backfills to that output, also of killed ones. */
export function temporaryFiles(directory: string, output: string): string[] {
  return fileNamesIn(directory).filter((name) => name.startsWith(`${output}.`) && name.endsWith('.part'));
}

/** Waits until a backfill to that output, not one of `others`, has written something. Returns its temporary file. */
export async function firstWrite(directory: string, output: string, others: readonly string[] = []): Promise<string> {
  const size = (name: string) => statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0;
  const find = () => temporaryFiles(directory, output).find((name) => !others.includes(name) && size(name) > 0);
  await expect.poll(find, { interval: 1 }).toBeDefined();
  return find() as string;
}

/** A backfill that a test has started. */
export interface RunningBackfill {
  readonly process: ChildProcess;
  /** Its exit status, and all that it wrote to stderr. */
  readonly exited: Promise<{ readonly status: number | null; readonly stderr: string }>;
}

/** Starts a backfill; the test must read its stdout. */
export function startBackfill(cwd: string, ...args: readonly string[]): RunningBackfill {
  return startIn(cwd, process.execPath, CLI, 'backfill', ...args);
}

/** Starts a backfill by another command, in a new process group. */
export function startIn(cwd: string, file: string, ...args: readonly string[]): RunningBackfill {
  const child = spawn(file, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exited = once(child, 'exit').then(([status]) => ({ status: status as number | null, stderr }));
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid as number), 'SIGKILL');
    await exited;
  });
  return { process: child, exited };
}
