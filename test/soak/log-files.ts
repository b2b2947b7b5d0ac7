import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { timeOf } from './compare-lines.ts';

/** How long it may take until a line is in the log, in ms. */
const WRITE_TIMEOUT_MS = 60_000;

/** How many of the latest files contain the last line of every service, however fast they are rotated. */
const RECENT_FILES = 5;

/** Name of the log file of every run; rotated files have a suffix. */
export const LOG_FILE = 'app.log';

/** The log file and all rotated ones in that directory, by the time of their last write. */
export function logFilesIn(directory: string): string[] {
  const names = readdirSync(directory).filter((name) => name.startsWith(LOG_FILE));
  const files = names.map((name) => join(directory, name));
  return files.sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs);
}

/**
 * Waits until each of these services has a line in the log with a time stamp after that instant (ms since the epoch).
 * @throws after a minute
 */
export async function waitUntilLoggedAfter(
  instant: number,
  directory: string,
  logNames: readonly string[],
): Promise<void> {
  const deadline = Date.now() + WRITE_TIMEOUT_MS;
  while (!isLoggedAfter(instant, directory, logNames)) {
    if (Date.now() > deadline) throw new Error(`not every service wrote within ${WRITE_TIMEOUT_MS / 1000} s`);
    await delay(200);
  }
}

function isLoggedAfter(instant: number, directory: string, logNames: readonly string[]): boolean {
  try {
    const text = logFilesIn(directory)
      .slice(-RECENT_FILES)
      .map((file) => readFileSync(file, 'utf8'))
      .join('');
    return logNames.every((name) => timeOf(text.slice(startOfLastLine(text, name))) > instant);
  } catch {
    // A file was rotated after it was listed.
    return false;
  }
}

function startOfLastLine(text: string, logName: string): number {
  return text.lastIndexOf('\n', text.lastIndexOf(`] [${logName}]: `)) + 1;
}
