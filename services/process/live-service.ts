import type { FromService } from '../../shared/ipc.ts';
import { MAX_BACKLOG_MS, MAX_REPLAY_MS, RESYNC_TIMEOUT_MS } from '../../shared/timing.ts';
import { clockOffsetsOf, type World } from '../../shared/world.ts';
import type { Catalog } from '../simulation/catalog.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { LineWriter } from './line-writer.ts';
import { WakeUpTimer } from './wake-up-timer.ts';

/** Longest sleep: how far ahead it looks for its next line, in ms; less where lines are many. */
const HORIZON_MS = 1000;
const HORIZON_LINES = 50;
/** Lines due within this time share a wake-up, in ms. */
const COALESCE_MS = 20;
/** Lines of the whole fleet of which it writes its own at once: about what a pipe holds. */
const LINES_PER_WRITE = 250;
/** After so many ms of writing it reads its messages before it goes on. */
const MAX_BUSY_MS = 50;

/**
 * A service that lives in the present: at each wake-up it writes the lines from its last wake-up until now. It keeps
 * nothing else, so that nothing is lost with it.
 *
 * It may be stopped between any two instructions, for as long as it pleases the machine. So it writes up to an instant
 * only when it has read its messages since shortly before that instant, which it reads off the clock once.
 */
export class LiveService {
  readonly #name: string;
  readonly #catalog: Catalog;
  readonly #output: LineWriter;
  readonly #send: (message: FromService) => void;
  /** From the world's time to that of the clock, in ms, and what was last written of it. */
  #clockOffsetMs = 0;
  #writtenOffsetMs = 0;
  #clockOffsets: ReturnType<typeof clockOffsetsOf> = [];
  #simulation: Simulation | undefined;
  /** Everything before is written (or was never ours to write). */
  #writtenUntil = Number.POSITIVE_INFINITY;
  /** When it last looked at the clock. */
  #awakeAt = 0;
  #pendingAck: { readonly version: number; readonly at: number } | undefined;
  /** A change is coming: nothing is written until then. It may take long, for the supervisor can stand still too. */
  #isPrepared = false;
  #isPaused = false;
  #horizonMs = HORIZON_MS;
  #writeChunkMs = HORIZON_MS;
  /** How far behind the present it may be, in ms: what it has yet to make up for, and what it may be late. */
  #maxLagMs = MAX_REPLAY_MS;
  readonly #wakeUp = new WakeUpTimer(() => this.#tick());
  /** When it asked whether it has read all; undefined when it does not wait for an answer. */
  #resyncSentAt: number | undefined;
  #onDone: (() => void) | undefined;

  constructor(name: string, catalog: Catalog, output: LineWriter, send: (message: FromService) => void) {
    this.#name = name;
    this.#catalog = catalog;
    this.#output = output;
    this.#send = send;
  }

  /** Time stamp before which all is written, in ms since the Unix epoch; undefined before it has a world. */
  get writtenUntil(): number | undefined {
    return Number.isFinite(this.#writtenUntil) ? this.#writtenUntil + this.#clockOffsetMs : undefined;
  }

  /** Writes nothing until the world of this version comes: what is due by then is due in that world. */
  prepare(version: number): void {
    const now = this.#now;
    this.#adjustToClock(now);
    this.#isPrepared = true;
    this.#send({ type: 'prepared', version, until: Number.isFinite(this.#writtenUntil) ? this.#writtenUntil : now });
  }

  /** From now on this world decides; with `from`, the service begins to write at that instant. */
  applyWorld(version: number, world: World, from?: number): void {
    const isLate = this.#isLate(this.#now);
    this.#isPrepared = false;
    this.#clockOffsets = clockOffsetsOf(world.timeline);
    this.#clockOffsetMs = this.#clockOffsets.at(-1)?.clockOffsetMs ?? 0;
    const now = this.#now;
    this.#adjustToClock(now);
    this.#simulation = new Simulation(this.#catalog, world);
    this.#horizonMs = Math.max(1, Math.min(HORIZON_MS, (HORIZON_LINES * 1000) / world.rate));
    // Whole, for so are the times of lines: it stops between two of them, and can say where.
    this.#writeChunkMs = Math.max(1, Math.floor((LINES_PER_WRITE * 1000) / world.rate));
    if (from !== undefined) this.#writtenUntil = from;
    this.#maxLagMs = this.#normalMaxLagMs + Math.min(MAX_BACKLOG_MS, Math.max(0, now - this.#writtenUntil));
    this.#pendingAck = { version, at: world.timeline.at(-1)?.at ?? 0 };
    // Not at once: the next change may be waiting to be read.
    if (isLate) this.#resync();
    else this.#wakeUp.scheduleIn(1, now);
  }

  /** The answer: all that was sent to it until then has been read. */
  onResynced(): void {
    if (this.#resyncSentAt === undefined) return;
    const now = this.#now;
    const took = now - this.#resyncSentAt;
    this.#resyncSentAt = undefined;
    if (took > RESYNC_TIMEOUT_MS) this.#resync();
    else this.#wakeUp.scheduleIn(1, now);
  }

  /** Writes nothing until it is told to resume. */
  pause(): void {
    this.#isPaused = true;
  }

  /** Goes on from the present instant; what was due meanwhile is skipped. */
  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#dropUntil(this.#now);
    // Not at once: a change may be waiting to be read.
    this.#resync();
  }

  /** Writes what is due, as far as it may, says what of it is skipped, and then calls `left`. */
  leave(left: () => void): void {
    const now = this.#now;
    this.#onDone = left;
    if (this.#isLate(now)) this.#leaveAt(now);
    else this.#wakeUp.scheduleIn(1, now);
  }

  #leaveAt(now: number): void {
    this.#dropUntil(now);
    this.#onDone?.();
  }

  /** It should have got to write before `now`, so there may be a message about a change that it has not read. */
  #isLate(now: number): boolean {
    return this.#resyncSentAt !== undefined || this.#wakeUp.isLate(now);
  }

  /**
   * The present, in ms of the world's time. When the clock was set back it is in the past: nothing is due until the
   * supervisor, which notices within a second, says how the two go on together.
   */
  get #now(): number {
    return Date.now() - this.#clockOffsetMs;
  }

  get #isSuspended(): boolean {
    return this.#isPaused || this.#isPrepared;
  }

  /** Goes on only when it knows that it has read all that was sent to it. */
  #resync(): void {
    this.#wakeUp.cancel();
    if (this.#resyncSentAt !== undefined) return;
    this.#resyncSentAt = this.#now;
    this.#send({ type: 'resync' });
  }

  /** The one place where it writes. */
  #tick(): void {
    const now = this.#now;
    const isLate = this.#isLate(now);
    if (!isLate) this.#catchUp(now);
    if (this.#onDone) this.#leaveAt(now);
    else if (isLate) this.#resync();
    else this.#sleep(now);
  }

  #catchUp(now: number): void {
    this.#adjustToClock(now);
    if (!this.#isSuspended) this.#write(now);
    this.#acknowledge(now);
  }

  /** Writes the lines before the present instant; if they are many, not all of them at once. */
  #write(now: number): void {
    // More is due than it can write. To be ever later would be worse than to leave some out.
    if (now - this.#writtenUntil > this.#maxLagMs) this.#dropUntil(now);
    this.#writeUntil(now, now + MAX_BUSY_MS);
    if (this.#writtenUntil >= now) this.#maxLagMs = this.#normalMaxLagMs;
  }

  /** Says that a change holds once its instant has passed and all that is due before is written. */
  #acknowledge(now: number): void {
    const { version, at } = this.#pendingAck ?? { version: 0, at: Number.POSITIVE_INFINITY };
    if (now <= at || (!this.#isSuspended && this.#writtenUntil < at)) return;
    // Held for the next change, which is dated later: what is due before this one can be written all the same.
    if (this.#isPrepared && !this.#isPaused) this.#writeUntil(at);
    // What it owes is told first: it may not get to tell it later.
    if (this.#isPaused) this.#dropUntil(at);
    this.#send({ type: 'applied', version, lines: this.#output.lines });
    this.#pendingAck = undefined;
  }

  get #normalMaxLagMs(): number {
    return MAX_REPLAY_MS + this.#horizonMs;
  }

  /** @param stopAt when it stops all the same, though not before it has written some */
  #writeUntil(until: number, stopAt = Number.POSITIVE_INFINITY): void {
    const simulation = this.#simulation;
    if (!simulation) return;
    while (this.#writtenUntil < until) {
      const next = Math.min(until, this.#writtenUntil + this.#writeChunkMs, this.#writeClockOffset());
      simulation.renderBetween(this.#name, this.#writtenUntil, next, (stamp, told) => this.#output.add(stamp, told));
      this.#output.flush();
      this.#writtenUntil = next;
      if (this.#now > stopAt) return;
    }
  }

  /** Writes which offset the next lines have, if it is another; returns the instant up to which they have it. */
  #writeClockOffset(): number {
    const later = this.#clockOffsets.slice(1).find(({ at }) => at > this.#writtenUntil);
    const inEffect = later ? this.#clockOffsets[this.#clockOffsets.indexOf(later) - 1] : this.#clockOffsets.at(-1);
    const clockOffsetMs = inEffect?.clockOffsetMs ?? 0;
    if (clockOffsetMs !== this.#writtenOffsetMs) this.#output.setClockOffset(clockOffsetMs);
    this.#writtenOffsetMs = clockOffsetMs;
    return later?.at ?? Number.POSITIVE_INFINITY;
  }

  /** After a sleep or a jump of the clock, what is to be written moves along. */
  #adjustToClock(now: number): void {
    const slept = now - this.#awakeAt;
    // A clock that was set back tells nothing of a sleep, nor when it goes on with the world.
    this.#awakeAt = Math.max(this.#awakeAt, now);
    if (Number.isFinite(this.#writtenUntil) && !this.#isPaused) {
      if (slept > this.#horizonMs + MAX_REPLAY_MS) this.#dropUntil(now - MAX_REPLAY_MS);
    }
  }

  #dropUntil(to: number): void {
    const from = this.#writtenUntil;
    if (!this.#simulation || to <= from) return;
    this.#writtenUntil = to;
    this.#send({ type: 'dropped', from, to, lines: this.#simulation.countBetween(this.#name, from, to) });
  }

  #sleep(now: number): void {
    if (this.#writtenUntil < now && !this.#isSuspended) {
      this.#wakeUp.scheduleIn(1, now);
      return;
    }
    const from = Number.isFinite(this.#writtenUntil) ? Math.max(now, this.#writtenUntil) : now;
    const next = this.#simulation?.nextLineTime(this.#name, from, from + this.#horizonMs) ?? from + this.#horizonMs;
    const wakeAt = Math.min(next + COALESCE_MS, this.#pendingAck ? this.#pendingAck.at + 1 : Number.POSITIVE_INFINITY);
    this.#wakeUp.scheduleIn(Math.max(1, wakeAt - now), now);
  }
}
