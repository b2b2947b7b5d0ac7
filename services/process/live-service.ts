import type { FromService } from '../../shared/ipc.ts';
import type { World } from '../../shared/world.ts';
import type { Catalog } from '../simulation/catalog.ts';
import type { LineWriter } from './line-writer.ts';
import { Pacing } from './pacing.ts';
import { ServiceWriter } from './service-writer.ts';
import { SyncedWakeUp } from './synced-wake-up.ts';

/**
 * A service that writes its lines as they become due: at each wake-up those since the last one. It keeps nothing else, so
 * a crash loses nothing.
 *
 * The process may stall between any two instructions, for any time. Therefore it writes up to an instant only after it
 * has read its messages since shortly before that instant, which it reads off the clock once; and it writes in one place,
 * `#tick`.
 */
export class LiveService {
  readonly #writer: ServiceWriter;
  readonly #send: (message: FromService) => void;
  readonly #pacing = new Pacing();
  readonly #wakeUp: SyncedWakeUp;
  /** The version to confirm, and the instant from which it is in effect. */
  #pendingAck: { readonly version: number; readonly at: number } | undefined;
  /** A change is coming: nothing is written until then. That may be long, for the supervisor can stall too. */
  #isPrepared = false;
  #isPaused = false;
  #onStopped: (() => void) | undefined;

  /**
   * @param name short name of the service
   * @param send sends a message to the supervisor
   */
  constructor(name: string, catalog: Catalog, output: LineWriter, send: (message: FromService) => void) {
    this.#writer = new ServiceWriter(name, catalog, output);
    this.#send = send;
    this.#wakeUp = new SyncedWakeUp(
      () => this.#tick(),
      () => send({ type: 'resync' }),
    );
  }

  /** Time stamp before which all lines are written, in ms since the Unix epoch; undefined before it has started. */
  get writtenUntil(): number | undefined {
    const { hasStarted, writtenUntil, clockOffsetMs } = this.#writer;
    return hasStarted ? writtenUntil + clockOffsetMs : undefined;
  }

  /** Writes nothing until the world of this version comes, and reports up to when it has written. */
  prepare(version: number): void {
    const now = this.#now;
    this.#dropAfterSuspend(now);
    this.#isPrepared = true;
    const { hasStarted, writtenUntil } = this.#writer;
    this.#send({ type: 'prepared', version, until: hasStarted ? writtenUntil : now });
  }

  /** Lines not yet written are those of this world; with `from`, the service starts to write at that instant. */
  applyWorld(version: number, world: World, from?: number): void {
    const mayHaveUnread = this.#wakeUp.mayHaveUnread(this.#now);
    this.#isPrepared = false;
    this.#writer.setClock(world.timeline);
    const now = this.#now;
    this.#dropAfterSuspend(now);
    // After the clock was read: it takes a while, and a stall meanwhile must not go unnoticed.
    this.#writer.setWorld(world);
    if (from !== undefined) this.#writer.startAt(from);
    this.#pacing.start(world.rate, now - this.#writer.writtenUntil);
    this.#pendingAck = { version, at: world.timeline.at(-1)?.at ?? 0 };
    // Not at once: the next change may be waiting to be read.
    if (mayHaveUnread) this.#wakeUp.resync(this.#now);
    else this.#wakeUp.scheduleIn(1, now);
  }

  /** The answer to `resync`. */
  onResynced(): void {
    this.#wakeUp.onResynced(this.#now);
  }

  /** Writes nothing until `resume`. */
  pause(): void {
    this.#isPaused = true;
  }

  /** Goes on from the present; lines that became due meanwhile are dropped. */
  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#dropUntil(this.#now);
    // Not at once: a change may be waiting to be read.
    this.#wakeUp.resync(this.#now);
  }

  /** Writes the lines due, as far as it may, drops the rest, and then calls `onStopped`. */
  stop(onStopped: () => void): void {
    const now = this.#now;
    this.#onStopped = onStopped;
    if (this.#wakeUp.mayHaveUnread(now)) this.#finish(now);
    else this.#wakeUp.scheduleIn(1, now);
  }

  #finish(now: number): void {
    this.#dropUntil(now);
    this.#onStopped?.();
  }

  /**
   * The present, in ms of the world's time. When the clock was set back it is in the past: nothing is due until the
   * supervisor, which notices within a second, sends a world with another clock offset.
   */
  get #now(): number {
    return Date.now() - this.#writer.clockOffsetMs;
  }

  get #isSuspended(): boolean {
    return this.#isPaused || this.#isPrepared;
  }

  #tick(): void {
    const now = this.#now;
    const mayHaveUnread = this.#wakeUp.mayHaveUnread(now);
    if (!mayHaveUnread) this.#catchUp(now);
    if (this.#onStopped) this.#finish(now);
    else if (mayHaveUnread) this.#wakeUp.resync(this.#now);
    else this.#sleep(now);
  }

  #catchUp(now: number): void {
    this.#dropAfterSuspend(now);
    if (!this.#isSuspended) this.#writeDue(now);
    this.#confirmApplied(now);
  }

  /** Writes the lines due before the present; not all of them at once if they are many. */
  #writeDue(now: number): void {
    if (this.#pacing.isTooFarBehind(now - this.#writer.writtenUntil)) this.#dropUntil(now);
    this.#writeUntil(now, this.#pacing.busyUntil(now));
    if (this.#writer.writtenUntil >= now) this.#pacing.onCaughtUp();
  }

  /** Reports a change as applied once its instant has passed and every line from before it is written or dropped. */
  #confirmApplied(now: number): void {
    if (!this.#pendingAck) return;
    const { version, at } = this.#pendingAck;
    if (now <= at || (!this.#isSuspended && this.#writer.writtenUntil < at)) return;
    // The next change is dated later than this one, so lines from before this one can be written although it is prepared.
    if (this.#isPrepared && !this.#isPaused) this.#writeUntil(at);
    // Reported before `applied`: afterwards it may have no time for it.
    if (this.#isPaused) this.#dropUntil(at);
    this.#send({ type: 'applied', version, lines: this.#writer.lines });
    this.#pendingAck = undefined;
  }

  /** @param busyUntil when it is interrupted, though not before it has written a chunk */
  #writeUntil(until: number, busyUntil = Number.POSITIVE_INFINITY): void {
    while (this.#writer.writtenUntil < until) {
      this.#writer.writeChunk(until);
      if (this.#now > busyUntil) return;
    }
  }

  #dropAfterSuspend(now: number): void {
    const before = this.#pacing.dropBefore(now);
    if (before !== undefined && !this.#isPaused) this.#dropUntil(before);
  }

  #dropUntil(to: number): void {
    const dropped = this.#writer.drop(to);
    if (dropped) this.#send(dropped);
  }

  #sleep(now: number): void {
    const { hasStarted, writtenUntil } = this.#writer;
    if (writtenUntil < now && !this.#isSuspended) {
      this.#wakeUp.scheduleIn(1, now);
      return;
    }
    const from = hasStarted ? Math.max(now, writtenUntil) : now;
    const to = from + this.#pacing.horizonMs;
    const nextLineAt = this.#writer.nextLineTime(from, to) ?? to;
    this.#wakeUp.scheduleIn(this.#pacing.sleepMs(now, nextLineAt, this.#pendingAck?.at), now);
  }
}
