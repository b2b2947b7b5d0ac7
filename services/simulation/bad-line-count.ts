/**
 * How many of a service's lines in one page are bad: over any run of pages exactly the ratio's share, rounded down at
 * most once.
 * @param page index of the page
 * @param lines how many lines the service has in every page
 * @param ratio bad lines in ten, 0 to 10 in hundredths
 */
export function badLinesIn(page: number, lines: number, ratio: number): number {
  const hundredths = Math.round(ratio * 100);
  // floor((b+1)x/1000) - floor(bx/1000) depends on b only modulo 1000, and a small b keeps the products exact.
  const b = page % 1000;
  return Math.floor(((b + 1) * lines * hundredths) / 1000) - Math.floor((b * lines * hundredths) / 1000);
}
