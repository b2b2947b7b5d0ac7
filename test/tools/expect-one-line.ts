import { expect } from 'vitest';
import type { ExitResult } from './run.ts';

/** Expects one line on stderr that matches, nothing on stdout, and this exit status. */
export function expectOneLine({ status, stdout, stderr }: ExitResult, exitStatus: number, message: RegExp): void {
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n'), stderr).toHaveLength(1);
  expect(stdout).toBe('');
  expect(status).toBe(exitStatus);
}
