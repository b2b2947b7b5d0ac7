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

/** How often a fleet checks that its entry and its socket still exist, in ms. */
const CHECK_INTERVAL_MS = 1_000;

/** How long a fleet waits for another one that is starting too, in ms. */
const STARTING_TIMEOUT_MS = 5_000;

/** Fleets that start at the same time retry after a random part of this, in ms, so that one of them is first. */
const MAX_RETRY_DELAY_MS = 100;

/** Callbacks of a lock that is watched. */
export interface LockEvents {
  /** The entry or the socket was removed and has been restored. */
  readonly onRestored: (what: string) => void;
  /** Another fleet writes to the log file now. */
  readonly onLost: (message: string) => void;
}

/**
 * The exclusive right to write to a log file, across users and environments: each fleet has an entry in a registry that
 * all users can read. A fleet writes its entry and then looks for others. Of two that start at the same time at least
 * the later one sees the other, and a fleet that sees another withdraws; so two never run.
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
   * Locks the log file for this fleet and makes `server` listen on its control socket.
   * @throws {UserError} `fleet-exists` with the pid of the other fleet, `socket-directory`
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
   * Opens the log file that the links lead to. If that is another file now, the lock moves to it.
   * @param open is passed the real path
   * @throws {UserError} `fleet-exists` when another fleet writes to that file; what `open` throws
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

  /** From now on restores what is removed of the lock, and notices when another fleet has taken it. */
  watch(events: LockEvents): void {
    this.#timer = setInterval(() => void this.#check(events), CHECK_INTERVAL_MS);
  }

  /** Frees the log file for the next fleet. */
  release(): void {
    clearInterval(this.#timer);
    // Removes the socket; before the entry, for then the next fleet may have a socket of that name.
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
      // The disk may be full or read-only; the next check tries again.
    }
  }
}

/** Registers the entry as running once no other fleet collides with it. */
async function register(entry: OwnEntry, logFile: string): Promise<void> {
  const deadline = performance.now() + STARTING_TIMEOUT_MS;
  for (;;) {
    entry.write({ state: 'starting' });
    const collision = entry.collision();
    if (!collision) {
      entry.write({ state: 'running' });
      return;
    }
    entry.remove();
    if (collision.fleet.state === 'running' || performance.now() > deadline) throw fleetExists(collision, logFile);
    await delay(Math.random() * MAX_RETRY_DELAY_MS);
  }
}

/** The usual path, unless a fleet whose lock has moved to another log file listens there. */
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
