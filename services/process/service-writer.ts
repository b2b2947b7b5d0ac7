import type { FromService } from '../../shared/ipc.ts';
import { clockOffsetsOf, type World } from '../../shared/world.ts';
import type { Catalog } from '../simulation/catalog.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { LineWriter } from './line-writer.ts';

/** How many lines of the whole fleet are due in the time of one chunk: about what a pipe holds. */
const LINES_PER_CHUNK = 250;

/**
 * Writes the lines of one service from one instant on, without a gap: every line before `writtenUntil` is written or
 * dropped, and none after it. Times are in ms of the world's time.
 */
export class ServiceWriter {
  readonly #name: string;
  readonly #catalog: Catalog;
  readonly #output: LineWriter;
  #simulation: Simulation | undefined;
  #chunkMs = 1;
  /** Ascending by `at`. */
  #clockOffsets: ReturnType<typeof clockOffsetsOf> = [];
  /** Of the lines written last. */
  #writtenOffsetMs = 0;
  #writtenUntil = Number.POSITIVE_INFINITY;

  /** @param name short name of the service */
  constructor(name: string, catalog: Catalog, output: LineWriter) {
    this.#name = name;
    this.#catalog = catalog;
    this.#output = output;
  }

  /** Infinity until it has started. */
  get writtenUntil(): number {
    return this.#writtenUntil;
  }

  get hasStarted(): boolean {
    return Number.isFinite(this.#writtenUntil);
  }

  /** How many lines this process has written. */
  get lines(): number {
    return this.#output.lines;
  }

  /** What the latest world adds to its time for the time of the clock, in ms. */
  get clockOffsetMs(): number {
    return this.#clockOffsets.at(-1)?.clockOffsetMs ?? 0;
  }

  /** Takes over the clock offsets of a new world. */
  setClock(timeline: World['timeline']): void {
    this.#clockOffsets = clockOffsetsOf(timeline);
  }

  /** From now on lines are those of this world. */
  setWorld(world: World): void {
    this.#simulation = new Simulation(this.#catalog, world);
    // A whole number, as the times of lines are: it stops between two of them, and can say where.
    this.#chunkMs = Math.max(1, Math.floor((LINES_PER_CHUNK * 1000) / world.rate));
  }

  /** The first line to write is the first one due at `from` or later. */
  startAt(from: number): void {
    this.#writtenUntil = from;
  }

  /** Writes lines due before `until`: some of them, if they are many. */
  writeChunk(until: number): void {
    const from = this.#writtenUntil;
    const to = Math.min(until, from + this.#chunkMs, this.#writeClockOffset());
    this.#simulation?.renderBetween(this.#name, from, to, (stamp, line) => this.#output.add(stamp, line));
    this.#output.flush();
    this.#writtenUntil = to;
  }

  /** Leaves out the lines due before `to`; returns what to report, if there is anything. */
  drop(to: number): Extract<FromService, { type: 'dropped' }> | undefined {
    const from = this.#writtenUntil;
    if (!this.#simulation || to <= from) return undefined;
    this.#writtenUntil = to;
    return { type: 'dropped', from, to, lines: this.#simulation.countBetween(this.#name, from, to) };
  }

  /** Time of the first line due at `from` or later and before `to`; undefined when there is none. */
  nextLineTime(from: number, to: number): number | undefined {
    return this.#simulation?.nextLineTime(this.#name, from, to);
  }

  /** Marks in the output which clock offset the next lines have, if it changes; returns the instant of the next change. */
  #writeClockOffset(): number {
    const offsets = this.#clockOffsets;
    // The first offset also applies to all time before it.
    const current = Math.max(
      0,
      offsets.findLastIndex(({ at }) => at <= this.#writtenUntil),
    );
    const clockOffsetMs = offsets[current]?.clockOffsetMs ?? 0;
    if (clockOffsetMs !== this.#writtenOffsetMs) this.#output.setClockOffset(clockOffsetMs);
    this.#writtenOffsetMs = clockOffsetMs;
    return offsets[current + 1]?.at ?? Number.POSITIVE_INFINITY;
  }
}
