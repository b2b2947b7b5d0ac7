import { setTimeout as delay } from 'node:timers/promises';
import { watchLateness } from './lateness.ts';
import { median } from './measure.ts';
import { MeasuredFleet } from './measured-fleet.ts';
import { type BenchRow, type BenchSettings, formatRate } from './row.ts';

/** More lines per second than any machine can write. */
const EXCESSIVE_RATE = 400_000;

/** How long a fleet runs before it is measured, in ms. */
const WARM_UP_MS = 5_000;

/** Rates to try, in lines per second, until one is not sustained. */
const RATES = [25_000, 50_000, 75_000, 100_000, 125_000, 150_000, 175_000, 200_000, 250_000] as const;

/** A rate is sustained when every line is in the file within so many ms of its time. */
const MAX_LATENESS_MS = 100;

const NO_CONSOLE = ['--no-console', '--max-size', '0'] as const;

/** Measures the throughput of a fleet with more to do than it can, and the highest rate at which no line is late. */
export async function measureSaturation(settings: BenchSettings): Promise<readonly BenchRow[]> {
  return [
    await measureThroughput('live fleet, saturated, no console', NO_CONSOLE, settings),
    await measureThroughput('live fleet, saturated, console to a pipe', ['--max-size', '0'], settings),
    ...(await findSustainedRate(settings)),
  ];
}

async function measureThroughput(
  what: string,
  args: readonly string[],
  { runs, seconds }: BenchSettings,
): Promise<BenchRow> {
  const figures: number[] = [];
  for (let run = 0; run < Math.min(runs, 3); run++) {
    const fleet = await startLoaded(EXCESSIVE_RATE, args);
    const ms = Math.min(seconds, 10) * 1000;
    const before = await linesOf(fleet);
    await delay(ms);
    figures.push(((await linesOf(fleet)) - before) / (ms / 1000));
    await fleet.stop();
  }
  return { what, figure: formatRate(median(figures)) };
}

/** One row for each rate that is sustained, and one for the first that is not. */
async function findSustainedRate({ seconds }: BenchSettings): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const rate of RATES) {
    const fleet = await startLoaded(rate, NO_CONSOLE);
    const { p99, max, gaps } = await watchLateness(fleet.logFile, Math.min(seconds, 30) * 1000);
    await fleet.stop();
    const isSustained = gaps === 0 && max <= MAX_LATENESS_MS;
    const figure = isSustained ? 'sustained' : `not sustained, ${gaps} gaps`;
    rows.push({
      what: `live fleet at ${rate} lines/s`,
      figure,
      comparison: `late by ${p99} ms (p99), ${max} ms (max)`,
    });
    if (!isSustained) break;
  }
  return rows;
}

/** Starts a fleet and waits until all services are up and have caught up. */
async function startLoaded(rate: number, args: readonly string[]): Promise<MeasuredFleet> {
  const fleet = await MeasuredFleet.start(['--rate', String(rate), '--traffic', 'steady', ...args]);
  for (let areUp = false; !areUp; ) {
    await delay(100);
    const services = await fleet.services().catch(() => []);
    areUp = services.length > 0 && services.every(({ state }) => state === 'up');
  }
  await delay(WARM_UP_MS);
  return fleet;
}

async function linesOf(fleet: MeasuredFleet): Promise<number> {
  return (await fleet.services()).reduce((sum, { lines }) => sum + lines, 0);
}
