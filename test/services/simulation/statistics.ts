/** What tests ask of samples. None of them is empty. */

export function mean(samples: readonly number[]): number {
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
}

/** The sample in the middle; of an even number of samples the upper one of the two. */
export function median(samples: readonly number[]): number {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] as number;
}

/** Standard deviation divided by the mean. */
export function variation(samples: readonly number[]): number {
  const average = mean(samples);
  return Math.sqrt(mean(samples.map((sample) => (sample - average) ** 2))) / average;
}

/** Correlation of each sample with the next one, from -1 to 1. */
export function autocorrelation(samples: readonly number[]): number {
  const average = mean(samples);
  const deviations = samples.map((sample) => sample - average);
  const products = deviations.slice(1).map((deviation, index) => deviation * (deviations[index] as number));
  return mean(products) / mean(deviations.map((deviation) => deviation ** 2));
}
