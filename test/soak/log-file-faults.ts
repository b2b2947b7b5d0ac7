import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { FleetUnderTest } from './fleet-under-test.ts';
import type { SeededRandom } from './seeded-random.ts';

/** How long the supervisor, which may stand still, has to notice, in ms. */
const NOTICED_WITHIN = 30_000;

/** Coarser than any clock by which files are dated, in ms. */
const CLOCK = 20;

/** As logrotate does it. */
export function moveLogFile(fleet: FleetUnderTest, chance: SeededRandom): Promise<unknown> {
  return fleet.withLogFile(async () => {
    await rename(fleet.logFile, `${fleet.logFile}.moved-${Date.now()}-${chance.between(1000, 9999)}`);
    fleet.signal('SIGHUP');
    await eventually(() => existsSync(fleet.logFile));
  });
}

/**
 * Leaves no room for the log for a while. A full disk cuts the line that is being written, and the rest of it follows
 * once there is room: until then nobody must move the file away.
 */
export function fillDisk(fleet: FleetUnderTest, chance: SeededRandom): Promise<unknown> {
  return fleet.withLogFile(async () => {
    await fleet.disk?.full(chance.between(500, 2000));
    const since = Date.now() + CLOCK;
    await eventually(() => isWritten(fleet.logFile, since));
  });
}

/** Whether it has grown since that instant, in ms since the epoch, by whole lines. */
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

async function eventually(holds: () => boolean): Promise<void> {
  for (const until = Date.now() + NOTICED_WITHIN; !holds() && Date.now() < until; ) await delay(20);
}
