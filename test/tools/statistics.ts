/** Arithmetic mean; NaN without figures. */
export function mean(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
}

/** Mean of the squared differences from the mean; NaN without figures. */
export function variance(figures: readonly number[]): number {
  const center = mean(figures);
  return figures.reduce((sum, figure) => sum + (figure - center) ** 2, 0) / figures.length;
}

/** Standard deviation over the mean. */
export function coefficientOfVariation(figures: readonly number[]): number {
  return Math.sqrt(variance(figures)) / mean(figures);
}

/** Variance over the mean: 1 for events that are independent of each other, more when they come in bursts. */
export function fanoFactor(counts: readonly number[]): number {
  return variance(counts) / mean(counts);
}

/** Correlation of each figure with the next one, -1 to 1; NaN when all are equal. */
export function lag1Autocorrelation(figures: readonly number[]): number {
  const center = mean(figures);
  let products = 0;
  let squares = 0;
  for (const [index, figure] of figures.entries()) {
    const next = figures[index + 1];
    if (next !== undefined) products += (figure - center) * (next - center);
    squares += (figure - center) ** 2;
  }
  return products / squares;
}

/** The smallest figure that a share (0 to 1) of all does not exceed; NaN without figures. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = Float64Array.from(figures).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The figure in the middle, the lower one of two; NaN without figures. */
export function median(figures: readonly number[]): number {
  return quantile(figures, 0.5);
}

/** Shannon entropy of a distribution given by its counts, in nats. */
export function entropy(counts: Iterable<number>): number {
  let total = 0;
  let sum = 0;
  for (const count of counts) {
    total += count;
    sum += count * Math.log(count);
  }
  return Math.log(total) - sum / total;
}

/** The number of equally frequent kinds that would have the same entropy. */
export function effectiveNumber(counts: Iterable<number>): number {
  return Math.exp(entropy(counts));
}

/** Mean and variation of figures that are not kept. */
export class Moments {
  count = 0;
  #mean = 0;
  #squares = 0;

  add(figure: number): void {
    this.count++;
    const difference = figure - this.#mean;
    this.#mean += difference / this.count;
    this.#squares += difference * (figure - this.#mean);
  }

  /** NaN without figures. */
  get coefficientOfVariation(): number {
    return Math.sqrt(this.#squares / this.count) / this.#mean;
  }
}

/** Adds one to the count of a key. */
export function increment<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The value of a key; one that is missing is made first. */
export function getOrMake<K, V>(values: Map<K, V>, key: K, make: () => V): V {
  const known = values.get(key);
  if (known !== undefined) return known;
  const made = make();
  values.set(key, made);
  return made;
}
