import type { Counts, History } from '../../../../shared/page-api.ts';

/** Lines of the second that is going on come late; the latest seconds that are complete end here. In ms. */
const LATENESS_MS = 2_000;

const NONE: Counts = [0, 0, 0];

/** The lines of one service, or of all, in seconds from `from` (inclusive) to `to` (exclusive). */
export function sumCounts(history: History, service: string | null, from: number, to: number): Counts {
  let [good, warning, error] = NONE;
  for (let index = history.length - 1; index >= 0; index--) {
    const second = history[index];
    if (!second || second.at < from) break;
    if (second.at >= to) continue;
    for (const counts of service === null ? Object.values(second.counts) : [second.counts[service] ?? NONE]) {
      good += counts[0];
      warning += counts[1];
      error += counts[2];
    }
  }
  return [good, warning, error];
}

/** Lines a second of one service, or of all, over the last 5 complete seconds. */
export function currentRate(history: History, service: string | null, now: number): number {
  const to = Math.floor((now - LATENESS_MS) / 1000) * 1000;
  const [good, warning, error] = sumCounts(history, service, to - 5_000, to);
  return (good + warning + error) / 5;
}

/** The lines of the last minute and how many of them are bad. */
export function lastMinute(history: History, service: string | null, now: number): { lines: number; bad: number } {
  const [good, warning, error] = sumCounts(history, service, now - 60_000, now + 1_000);
  return { lines: good + warning + error, bad: warning + error };
}

/** Good and bad lines of a service in steps of time that end now, the oldest first. */
export function recentSteps(
  history: History,
  service: string,
  now: number,
  { steps, stepMs }: { readonly steps: number; readonly stepMs: number },
): { readonly good: number; readonly bad: number }[] {
  const end = Math.floor(now / stepMs) * stepMs;
  const sums = Array.from({ length: steps }, () => ({ good: 0, bad: 0 }));
  for (const { at, counts } of history) {
    const sum = sums[steps + Math.floor((at - end) / stepMs)];
    const [good, warning, error] = counts[service] ?? NONE;
    if (!sum) continue;
    sum.good += good;
    sum.bad += warning + error;
  }
  return sums;
}
