import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { timeOf } from './compare-lines.ts';

/** How long lines may take to the log, in ms. */
const WRITTEN_WITHIN = 60_000;

/** Files that surely hold the last line of each service, however fast they are rotated. */
const RECENT = 5;

/** Name of the log file of every fleet; the files moved away from it have more behind it. */
export const LOG_FILE = 'app.log';

/** All that was written to the log in that directory, in the order in which it was last written. */
export function logFilesIn(directory: string): string[] {
  const names = readdirSync(directory).filter((name) => name.startsWith(LOG_FILE));
  const files = names.map((name) => join(directory, name));
  return files.sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs);
}

/** Resolves when every one of these services has a line in the log that is later than that instant. */
export async function writtenPast(instant: number, directory: string, logNames: readonly string[]): Promise<void> {
  const until = Date.now() + WRITTEN_WITHIN;
  while (!isWrittenPast(instant, directory, logNames)) {
    if (Date.now() > until) throw new Error(`not every service wrote within ${WRITTEN_WITHIN / 1000} s`);
    await delay(200);
  }
}

function isWrittenPast(instant: number, directory: string, logNames: readonly string[]): boolean {
  try {
    const text = logFilesIn(directory)
      .slice(-RECENT)
      .map((file) => readFileSync(file, 'utf8'))
      .join('');
    return logNames.every((name) => timeOf(text.slice(lastLineAt(text, name))) > instant);
  } catch {
    // A file was rotated between being listed and being read.
    return false;
  }
}

function lastLineAt(text: string, logName: string): number {
  return text.lastIndexOf('\n', text.lastIndexOf(`] [${logName}]: `)) + 1;
}
