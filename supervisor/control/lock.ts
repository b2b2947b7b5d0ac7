import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../shared/errors.ts';
import { withLogFileFlag } from '../../shared/log-file-flag.ts';
import { usualSocketPath } from '../../shared/paths.ts';
import { ownRegistryDirectory, userId } from '../../shared/registry/directories.ts';
import { runningFleets } from '../../shared/registry/fleets.ts';
import { logIdentity, realLogFile } from '../../shared/registry/log-identity.ts';
import { ownProcessId } from '../../shared/registry/process-id.ts';
import { OwnEntry, removeStaleEntries } from './fleet-entry.ts';
import { type FileIdentity, identityOf, listenOn } from './listen.ts';

/** How often a fleet looks whether its entry and its socket are still there, in ms. */
const CHECK_INTERVAL_MS = 1_000;

/** How long to wait for another fleet that is starting too, in ms. */
const STARTING_TIMEOUT_MS = 5_000;

/** Fleets that start at once try again after a random part of this, in ms, so that one of them is first. */
const MAX_RETRY_MS = 100;

export interface LockEvents {
  /** The entry or the socket was removed and is back. */
  readonly onRestored: (what: string) => void;
  /** Another fleet writes the log file now. */
  readonly onLost: (message: string) => void;
}

/**
 * The right to write a log file, which one fleet has at a time, whoever runs it and in whatever environment: each fleet
 * has an entry in a registry that all users read. A fleet writes its entry first and then looks for others. Of two that
 * start at once at least the later sees the other, and who sees another withdraws; so two never run.
 */
export class FleetLock {
  readonly socketPath: string;
  readonly #server: Server;
  readonly #entry: OwnEntry;
  #socket: FileIdentity;
  #timer: NodeJS.Timeout | undefined;

  private constructor(server: Server, entry: OwnEntry, socket: FileIdentity) {
    this.#server = server;
    this.#entry = entry;
    this.#socket = socket;
    this.socketPath = entry.entry.socketPath;
  }

  /**
   * Takes the log file for this fleet and makes `server` listen on its control socket.
   * @throws {UserError} `fleet-exists` with the pid of the other, `socket-directory`
   */
  static async acquire(server: Server, logFile: string): Promise<FleetLock> {
    const directory = ownRegistryDirectory();
    removeStaleEntries();
    const socketPath = freeSocketPath(logFile, directory);
    const entry = new OwnEntry(directory, {
      ...ownProcessId(),
      ...logIdentity(logFile),
      state: 'starting',
      socketPath,
    });
    await register(entry, logFile);
    try {
      return new FleetLock(server, entry, await listenOn(server, socketPath));
    } catch (error) {
      entry.remove();
      throw error;
    }
  }

  /**
   * Opens the log file behind its links. When they lead elsewhere now, the lock moves along.
   * @param open is passed the real path
   * @throws {UserError} `fleet-exists` when another fleet writes the file that they lead to; what `open` throws
   */
  async open<File>(open: (realPath: string) => Promise<File>): Promise<File> {
    const { logFile, realPaths } = this.#entry.entry;
    const realPath = realLogFile(logFile);
    if (realPaths.includes(realPath)) return open(realPath);
    this.#entry.write({ realPaths: [...realPaths, realPath] });
    try {
      const collision = this.#entry.collision();
      if (collision) throw fleetExists(collision, logFile);
      const file = await open(realPath);
      this.#entry.write({ realPaths: [realPath] });
      return file;
    } catch (error) {
      this.#entry.write({ realPaths });
      throw error;
    }
  }

  /** From now on puts back what is removed of the lock, and notices when another fleet has taken it. */
  watch(events: LockEvents): void {
    this.#timer = setInterval(() => void this.#check(events), CHECK_INTERVAL_MS);
  }

  /** Leaves the log file to the next fleet. */
  release(): void {
    clearInterval(this.#timer);
    // This removes the socket: before the next fleet may have one of that name.
    if (this.#server.listening) this.#server.close();
    this.#entry.remove();
  }

  async #check({ onRestored, onLost }: LockEvents): Promise<void> {
    try {
      const isEntryLost = !this.#entry.isInPlace;
      const isSocketLost = identityOf(this.socketPath) !== this.#socket;
      if (!isEntryLost && !isSocketLost) return;
      ownRegistryDirectory();
      if (isEntryLost) this.#entry.write();
      const collision = this.#entry.collision();
      if (collision) {
        onLost(`another fleet (pid ${collision.fleet.pid}) has taken the log file`);
        return;
      }
      if (isSocketLost) this.#socket = await listenOn(this.#server, this.socketPath);
      onRestored(isSocketLost ? `control socket ${this.socketPath}` : 'entry of this fleet in the registry of fleets');
    } catch {
      // The disk may be full or read-only: tried again in a second.
    }
  }
}

/** Registers the entry once no other fleet collides with it. */
async function register(entry: OwnEntry, logFile: string): Promise<void> {
  const until = performance.now() + STARTING_TIMEOUT_MS;
  for (;;) {
    entry.write({ state: 'starting' });
    const collision = entry.collision();
    if (!collision) {
      entry.write({ state: 'running' });
      return;
    }
    entry.remove();
    if (collision.fleet.state === 'running' || performance.now() > until) throw fleetExists(collision, logFile);
    await delay(Math.random() * MAX_RETRY_MS);
  }
}

/** The usual path, unless a fleet that has moved on to another log file listens there. */
function freeSocketPath(logFile: string, directory: string): string {
  const usual = usualSocketPath(logFile, directory);
  const isInUse = runningFleets().some((fleet) => fleet.socketPath === usual && fleet.logFile !== logFile);
  return isInUse ? usual.replace(/\.sock$/, `-${process.pid}.sock`) : usual;
}

function fleetExists({ fleet, collision }: NonNullable<ReturnType<OwnEntry['collision']>>, logFile: string): UserError {
  const { pid, uid } = fleet;
  const owner = uid === userId() ? '' : ` of user ${uid}`;
  const what = collision === 'same-file' ? logFile : `${fleet.logFile}, and ${logFile} is among its rotated files`;
  const stop = `stop it with ${withLogFileFlag('npm stop', collision === 'same-file' ? logFile : fleet.logFile)}`;
  const advice = owner === '' ? stop : `${stop} as that user`;
  return new UserError(
    'fleet-exists',
    `another fleet (pid ${pid}${owner}) writes to ${what}; ${advice}, or use another --log-file`,
  );
}
