import { residentMegabytes } from '../bench/measure.ts';

/** Time between two samples, in ms. */
const SAMPLE_INTERVAL_MS = 500;

/**
 * More by which the highest of the second half exceeds that of the first counts as a leak, in MB: what V8 leaves for a
 * later collection goes up and down by about half of that.
 */
export const GROWTH = 32;

/** Resident memory of a process over its life, in MB. */
export interface MemoryCurve {
  readonly start: number;
  readonly firstHalf: number;
  readonly secondHalf: number;
}

/** Samples the memory of a process regularly. Returns how to end that, and what it has seen. */
export function watchMemory(pid: number): () => MemoryCurve {
  const samples: number[] = [];
  const sample = () => samples.push(residentMegabytes(pid) ?? Number.NaN);
  sample();
  const timer = setInterval(sample, SAMPLE_INTERVAL_MS);
  return () => {
    clearInterval(timer);
    return curveOf(samples);
  };
}

/** @param samples at least two, or there is no second half */
export function curveOf(samples: readonly number[]): MemoryCurve {
  const middle = Math.ceil(samples.length / 2);
  const [first, second] = [samples.slice(0, middle), samples.slice(middle)];
  return { start: samples[0] ?? Number.NaN, firstHalf: Math.max(...first), secondHalf: Math.max(...second) };
}

/** False too where the system does not tell the memory of a process. */
export function hasGrown({ firstHalf, secondHalf }: MemoryCurve): boolean {
  return secondHalf - firstHalf > GROWTH;
}
