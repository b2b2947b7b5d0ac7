/**
 * How many of a service's lines in one page are bad: over any run of pages exactly the ratio's share, rounded down at
 * most once.
 * @param page index of the page
 * @param lines how many lines the service has in every page
 * @param ratio bad lines in ten, 0 to 10 in tenths
 */
export function badLinesIn(page: number, lines: number, ratio: number): number {
  const tenths = Math.round(ratio * 10);
  // floor((b+1)x/100) - floor(bx/100) depends on b only modulo 100, and a small b keeps the products exact.
  const b = page % 100;
  return Math.floor(((b + 1) * lines * tenths) / 100) - Math.floor((b * lines * tenths) / 100);
}
