import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';

/**
 * Creates a directory that is removed when the test has finished.
 * @param test needed in concurrent tests only, where Vitest cannot tell which one is running
 */
export function temporaryDirectory(test: Pick<TestContext, 'onTestFinished'> = { onTestFinished }): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'demo-logs-test-'));
  test.onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
