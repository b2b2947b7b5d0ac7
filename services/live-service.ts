import type { FromService } from '../shared/ipc.ts';
import type { World } from '../shared/world.ts';
import type { Output } from './output.ts';
import type { Catalog } from './simulation/catalog.ts';
import { Simulation } from './simulation/simulation.ts';

/** Longest sleep: how far ahead it looks for its next line, in ms; less where lines are many. */
const HORIZON_MS = 1000;
const HORIZON_LINES = 50;
/** Of what was missed while the machine slept or the process stood still, as much is made up for, in ms. */
const LATEST_MS = 1000;
/** Lines due within this time share a wake-up, in ms. */
const GATHER_MS = 20;
/** Lines of the whole fleet of which it writes its own at once: about what a pipe holds. */
const AT_ONCE_LINES = 250;
/** After so many ms of writing it reads its messages before it goes on. */
const AT_WORK_MS = 50;
/**
 * When it wakes up later than this, in ms, it asks for all that was sent to it meanwhile before it writes: the world may
 * have changed, and not all that is on its way is in its pipe yet. The supervisor waits longer than that for `held`.
 */
const OVERSLEPT_MS = 250;
/** An answer that took longer, in ms, says nothing of the present: a little less than the supervisor waits for `held`. */
const ANSWERED_WITHIN_MS = 400;

/**
 * A service that lives in the present: at each wake-up it writes the lines from its last wake-up until now. It keeps
 * nothing else, so that nothing is lost with it.
 */
export class LiveService {
  readonly #name: string;
  readonly #catalog: Catalog;
  readonly #output: Output;
  readonly #send: (message: FromService) => void;
  #simulation: Simulation | undefined;
  /** Everything before is written (or was never ours to write). */
  #writtenUntil = Number.POSITIVE_INFINITY;
  /** When it last looked at the clock. */
  #awakeAt = 0;
  #awaited: { readonly version: number; readonly at: number } | undefined;
  /** A change is coming: nothing is written until then. It may take long, for the supervisor can stand still too. */
  #isHeld = false;
  #isPaused = false;
  #horizon = HORIZON_MS;
  #atOnceMs = HORIZON_MS;
  /** How far behind the present it may be, in ms: what it has yet to make up for, and what it may be late. */
  #mayLag = LATEST_MS;
  #timer: NodeJS.Timeout | undefined;
  #wakeAt = Number.POSITIVE_INFINITY;
  /** When it asked whether it has read all; undefined when it does not wait for an answer. */
  #askedAt: number | undefined;

  constructor(name: string, catalog: Catalog, output: Output, send: (message: FromService) => void) {
    this.#name = name;
    this.#catalog = catalog;
    this.#output = output;
    this.#send = send;
  }

  /** Writes nothing until the world of this version comes: what is due by then is due in that world. */
  hold(version: number): void {
    const now = this.#look();
    this.#isHeld = true;
    this.#send({ type: 'held', version, until: Number.isFinite(this.#writtenUntil) ? this.#writtenUntil : now });
  }

  /** From now on this world decides; with `from`, the service begins to write at that instant. */
  enter(version: number, world: World, from?: number): void {
    const isLate = this.#isLate;
    this.#isHeld = false;
    this.#look();
    this.#simulation = new Simulation(this.#catalog, world);
    this.#horizon = Math.max(1, Math.min(HORIZON_MS, (HORIZON_LINES * 1000) / world.rate));
    this.#atOnceMs = Math.max(1, (AT_ONCE_LINES * 1000) / world.rate);
    if (from !== undefined) this.#writtenUntil = from;
    this.#mayLag = this.#mayLagOnceCaughtUp + Math.max(0, Date.now() - this.#writtenUntil);
    this.#awaited = { version, at: world.timeline.at(-1)?.at ?? 0 };
    // Not at once: the next change may be waiting to be read.
    if (isLate) this.#ask();
    else this.#wakeIn(1);
  }

  /** The answer: all that was sent to it until then has been read. */
  current(): void {
    if (this.#askedAt === undefined) return;
    const took = Date.now() - this.#askedAt;
    this.#askedAt = undefined;
    if (took > ANSWERED_WITHIN_MS) this.#ask();
    else this.#tick();
  }

  /** Writes what is due, and then nothing until it is told to resume. */
  pause(): void {
    if (!this.#isSilent && !this.#isLate) this.#write();
    this.#isPaused = true;
  }

  /** Goes on from the present instant; what was due meanwhile is skipped. */
  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#skipTo(Date.now());
    // Not at once: a change may be waiting to be read.
    this.#ask();
  }

  /** Writes what is due and stops. */
  leave(): void {
    clearTimeout(this.#timer);
    if (!this.#isSilent && !this.#isLate) this.#write();
  }

  /** It should have been awake before, so there may be a message about a change that it has not read. */
  get #isLate(): boolean {
    return this.#askedAt !== undefined || Date.now() - this.#wakeAt > OVERSLEPT_MS;
  }

  get #isSilent(): boolean {
    return this.#isPaused || this.#isHeld;
  }

  #wake(): void {
    if (this.#isLate) this.#ask();
    else this.#tick();
  }

  /** Goes on only when it knows that it has read all that was sent to it. */
  #ask(): void {
    clearTimeout(this.#timer);
    if (this.#askedAt !== undefined) return;
    this.#askedAt = Date.now();
    this.#send({ type: 'overslept' });
  }

  #tick(): void {
    const now = this.#isSilent ? this.#look() : this.#write();
    if (this.#awaited && now > this.#awaited.at && (this.#isSilent || this.#writtenUntil >= this.#awaited.at)) {
      // Held for the next change, which is dated later: what is due before this one can be written all the same.
      if (this.#isHeld && !this.#isPaused) this.#writeUntil(this.#awaited.at);
      this.#send({ type: 'holds', version: this.#awaited.version, lines: this.#output.lines });
      this.#awaited = undefined;
    }
    this.#sleep(now);
  }

  /** Writes the lines before the present instant, which it returns; if they are many, not all of them at once. */
  #write(): number {
    const now = this.#look();
    // More is due than it can write. To be ever later would be worse than to leave some out.
    if (now - this.#writtenUntil > this.#mayLag) this.#skipTo(now);
    this.#writeUntil(now, now + AT_WORK_MS);
    if (this.#writtenUntil >= now) this.#mayLag = this.#mayLagOnceCaughtUp;
    return now;
  }

  get #mayLagOnceCaughtUp(): number {
    return LATEST_MS + this.#horizon;
  }

  /** @param stopAt when it stops all the same, though not before it has written some */
  #writeUntil(until: number, stopAt = Number.POSITIVE_INFINITY): void {
    const simulation = this.#simulation;
    if (!simulation) return;
    while (this.#writtenUntil < until) {
      const next = Math.min(until, this.#writtenUntil + this.#atOnceMs);
      simulation.tellBetween(this.#name, this.#writtenUntil, next, (time, told) => this.#output.add(time, told));
      this.#output.flush();
      this.#writtenUntil = next;
      if (Date.now() > stopAt) return;
    }
  }

  /** The present instant. After a sleep or a jump of the clock, what is to be written moves along. */
  #look(): number {
    const now = Date.now();
    const slept = now - this.#awakeAt;
    this.#awakeAt = now;
    if (Number.isFinite(this.#writtenUntil) && !this.#isPaused) {
      if (slept > this.#horizon + LATEST_MS) this.#skipTo(now - LATEST_MS);
      // The clock was set back: to be silent until it has caught up could take hours.
      if (this.#writtenUntil > now + LATEST_MS) this.#writtenUntil = now;
    }
    return now;
  }

  #skipTo(to: number): void {
    const from = this.#writtenUntil;
    if (!this.#simulation || to <= from) return;
    this.#writtenUntil = to;
    this.#send({ type: 'skipped', from, to, lines: this.#simulation.countBetween(this.#name, from, to) });
  }

  #sleep(now: number): void {
    if (this.#writtenUntil < now && !this.#isSilent) {
      this.#wakeIn(1, now);
      return;
    }
    const from = Number.isFinite(this.#writtenUntil) ? Math.max(now, this.#writtenUntil) : now;
    const next = this.#simulation?.nextLineTime(this.#name, from, from + this.#horizon) ?? from + this.#horizon;
    const wakeAt = Math.min(next + GATHER_MS, this.#awaited ? this.#awaited.at + 1 : Number.POSITIVE_INFINITY);
    this.#wakeIn(Math.max(1, wakeAt - now), now);
  }

  /** @param now when it last looked at the clock: it may have stood still since, in the middle of a write */
  #wakeIn(ms: number, now = Date.now()): void {
    clearTimeout(this.#timer);
    this.#wakeAt = now + ms;
    this.#timer = setTimeout(() => this.#wake(), ms);
  }
}
