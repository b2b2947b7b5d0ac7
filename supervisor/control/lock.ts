import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import type { Server } from 'node:http';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServicesAnswer } from '../../shared/control-api.ts';
import { askSocket } from '../../shared/control-client.ts';
import { UserError } from '../../shared/errors.ts';
import { forFleet } from '../../shared/for-fleet.ts';
import { checkSocketDirectory, controlSocketPath } from '../../shared/paths.ts';

/** How long the fleet that holds the lock has to say its pid, in ms. */
const ANSWER_WITHIN = 3_000;

/**
 * How long after taking over a stale socket it is seen whether another fleet, which had found it stale at the same
 * instant, took it away again, in ms.
 */
const SETTLED_AFTER = 100;

export interface Lock {
  readonly socketPath: string;
  /** Gives the log file free for the next fleet. */
  release(): void;
}

/**
 * Takes the log file for this fleet by making `server` listen on its control socket. A socket that nobody listens on
 * is left over from a fleet that was killed, and is taken over.
 *
 * The server listens under a name of its own first, and is then linked to the name that all look at: a link is made
 * by one only, and a name that is gone again is noticed.
 * @throws {UserError} `fleet-exists` with the pid of the other, `socket-directory`
 */
export async function takeLock(server: Server, logFile: string): Promise<Lock> {
  const socketPath = controlSocketPath(logFile);
  mkdirSync(path.dirname(socketPath), { recursive: true, mode: 0o700 });
  checkSocketDirectory(path.dirname(socketPath));
  const ownPath = `${socketPath}.${randomBytes(4).toString('hex')}`;
  await listen(server, ownPath);
  chmodSync(ownPath, 0o600);
  const { ino } = lstatSync(ownPath);
  const isOurs = () => lstatSync(socketPath, { throwIfNoEntry: false })?.ino === ino;
  try {
    await linkTo(ownPath, socketPath, logFile, isOurs);
  } catch (error) {
    server.close();
    throw error;
  } finally {
    removeFile(ownPath);
  }
  return { socketPath, release: () => isOurs() && removeFile(socketPath) };
}

async function linkTo(ownPath: string, socketPath: string, logFile: string, isOurs: () => boolean): Promise<void> {
  let tookOver = false;
  while (!tryLink(ownPath, socketPath)) {
    const found = identityOf(socketPath);
    const holder = await holderOf(socketPath);
    if (holder) throw fleetExists(holder, logFile);
    // Another fleet may have taken it over since.
    if (identityOf(socketPath) === found) removeFile(socketPath);
    tookOver = true;
  }
  if (!tookOver) return;
  await delay(SETTLED_AFTER);
  if (!isOurs()) throw fleetExists((await holderOf(socketPath)) ?? 'another process', logFile);
}

/** An inode's number is given to the next file once it is free, but not with the same time of change. */
function identityOf(file: string): string | undefined {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  return stats && `${stats.ino} ${stats.ctimeMs}`;
}

/** Who listens there; undefined when nobody does. */
async function holderOf(socketPath: string): Promise<string | undefined> {
  try {
    const path = '/v1/services';
    const { pid } = await askSocket<ServicesAnswer>(socketPath, { method: 'GET', path, timeoutMs: ANSWER_WITHIN });
    return `pid ${pid}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ECONNREFUSED' || code === 'ENOENT' ? undefined : 'a process that does not answer';
  }
}

function fleetExists(holder: string, logFile: string): UserError {
  const advice = `stop it with ${forFleet('npm stop', logFile)}, or give another --log-file`;
  return new UserError('fleet-exists', `another fleet (${holder}) writes to ${logFile}; ${advice}`);
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function removeFile(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function listen(server: Server, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
