import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { FleetUnderTest } from './fleet-under-test.ts';
import type { SeededRandom } from './seeded-random.ts';

/** How long the supervisor, which may be stopped, has to react, in ms. */
const REACTION_TIMEOUT_MS = 30_000;

/** Coarser than the time stamps of any file system, in ms. */
const MTIME_RESOLUTION_MS = 20;

/** Renames the log file and sends SIGHUP, as logrotate does. */
export function moveLogFile(fleet: FleetUnderTest, random: SeededRandom): Promise<unknown> {
  return fleet.withLogFile(async () => {
    await rename(fleet.logFile, `${fleet.logFile}.moved-${Date.now()}-${random.between(1000, 9999)}`);
    fleet.signal('SIGHUP');
    await waitFor(() => existsSync(fleet.logFile));
  });
}

/**
 * Fills the disk of the log for a while. A full disk cuts off the line that is being written, and the rest follows once
 * there is room: until then the file must not be moved.
 */
export function fillDisk(fleet: FleetUnderTest, random: SeededRandom): Promise<unknown> {
  return fleet.withLogFile(async () => {
    await fleet.disk?.fillFor(random.between(500, 2000));
    const since = Date.now() + MTIME_RESOLUTION_MS;
    await waitFor(() => isWritten(fleet.logFile, since));
  });
}

/** Whether complete lines were written since that instant, in ms since the epoch. */
function isWritten(file: string, since: number): boolean {
  try {
    const descriptor = openSync(file, 'r');
    const { size, mtimeMs } = fstatSync(descriptor);
    const last = Buffer.alloc(1);
    readSync(descriptor, last, 0, 1, Math.max(0, size - 1));
    closeSync(descriptor);
    return mtimeMs > since && last.toString() === '\n';
  } catch {
    // It is being rotated.
    return false;
  }
}

async function waitFor(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + REACTION_TIMEOUT_MS; !condition() && Date.now() < deadline; ) await delay(20);
}
