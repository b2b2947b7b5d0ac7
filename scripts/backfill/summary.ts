import type { RenderPlan } from '../../services/rendering/render-plan.ts';
import type { RenderedSlice } from '../../services/rendering/rendered-slice.ts';
import { LEVELS } from '../../shared/record.ts';
import type { Traffic } from '../../shared/world.ts';

const LEVEL_NAMES = Object.values(LEVELS);

/** What a backfill has written, in the form of `--json`. */
export interface Summary {
  readonly output: string;
  /** False when it was interrupted. */
  readonly complete: boolean;
  /** First instant, ISO 8601. */
  readonly from: string;
  /** Instant before which the lines end. */
  readonly to: string;
  readonly lines: number;
  /** As written, so after compression. */
  readonly bytes: number;
  /** Before compression. */
  readonly textBytes: number;
  readonly seconds: number;
  readonly linesPerSecond: number;
  readonly workers: number;
  readonly seed: number;
  readonly rate: number;
  readonly traffic: Traffic;
  readonly ratios: Readonly<Record<string, number>>;
  /** Lines of each service at each level. */
  readonly services: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Adds up the slices written. */
export class Totals {
  lines = 0;
  bytes = 0;
  textBytes = 0;
  /** Instant before which everything is written, in ms since the epoch. */
  reached: number;
  isComplete = false;
  readonly #plan: RenderPlan;
  readonly #counts: number[][];
  readonly #names: readonly string[];

  /** @param names short names of the services in the order of the catalog */
  constructor(plan: RenderPlan, names: readonly string[]) {
    this.#plan = plan;
    this.#names = names;
    this.reached = plan.range.from;
    this.#counts = names.map(() => LEVEL_NAMES.map(() => 0));
  }

  /** Adds the next slice. */
  add({ slice, lines, bytes, textBytes, linesPerLevel }: RenderedSlice): void {
    this.lines += lines;
    this.bytes += bytes.length;
    this.textBytes += textBytes;
    this.reached = slice.to;
    this.isComplete = slice.to === this.#plan.range.to;
    for (const [service, counts] of this.#counts.entries()) {
      for (const level of counts.keys()) counts[level] = (counts[level] ?? 0) + (linesPerLevel[service]?.[level] ?? 0);
    }
  }

  /** @param seconds that the backfill took */
  summary({ output, workers, seconds }: Pick<Summary, 'output' | 'workers' | 'seconds'>): Summary {
    const { world, range } = this.#plan;
    const levels = (counts: readonly number[]) =>
      Object.fromEntries(LEVEL_NAMES.map((name, level) => [name, counts[level] ?? 0]));
    return {
      output,
      complete: this.isComplete,
      from: new Date(range.from).toISOString(),
      to: new Date(this.reached).toISOString(),
      lines: this.lines,
      bytes: this.bytes,
      textBytes: this.textBytes,
      seconds,
      linesPerSecond: Math.round(this.lines / seconds),
      workers,
      seed: world.seed,
      rate: world.rate,
      traffic: world.traffic ?? 'steady',
      ratios: world.timeline[0].ratios,
      services: Object.fromEntries(this.#names.map((name, index) => [name, levels(this.#counts[index] ?? [])])),
    };
  }
}

/** The summary in one line, for people. */
export function describeSummary({ output, lines, bytes, from, to, seconds, linesPerSecond }: Summary): string {
  const size = `${formatCount(lines)} lines, ${formatBytes(bytes)}`;
  return `${output}: ${size}, from ${from} to ${to}, in ${seconds.toFixed(1)} s (${formatCount(linesPerSecond)} lines/s)`;
}

/** 1234567 as `1,234,567`. */
export function formatCount(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}

function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e3).toFixed(1)} KB`;
}
