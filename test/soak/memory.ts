import { residentMegabytes } from '../bench/measure.ts';

const SAMPLE_INTERVAL_MS = 500;

/**
 * By how many MB the maximum of the second half may exceed that of the first: memory that V8 has not collected yet
 * varies by about half of that.
 */
export const MAX_GROWTH_MB = 32;

/** Resident memory of a process over its lifetime, in MB: at its start, and the maximum of each half. */
export interface MemoryCurve {
  readonly start: number;
  readonly firstHalf: number;
  readonly secondHalf: number;
}

/** Samples the memory of a process. Returns how to stop, which returns the curve so far. */
export function watchMemory(pid: number): () => MemoryCurve {
  const samples: number[] = [];
  const sample = () => samples.push(residentMegabytes(pid) ?? Number.NaN);
  sample();
  const timer = setInterval(sample, SAMPLE_INTERVAL_MS);
  return () => {
    clearInterval(timer);
    return memoryCurve(samples);
  };
}

/** @param samples in MB; at least two, or there is no second half */
export function memoryCurve(samples: readonly number[]): MemoryCurve {
  const middle = Math.ceil(samples.length / 2);
  const [first, second] = [samples.slice(0, middle), samples.slice(middle)];
  return { start: samples[0] ?? Number.NaN, firstHalf: Math.max(...first), secondHalf: Math.max(...second) };
}

/** Whether the memory has grown by more than the limit; false where the system does not report it. */
export function hasLeak({ firstHalf, secondHalf }: MemoryCurve): boolean {
  return secondHalf - firstHalf > MAX_GROWTH_MB;
}
