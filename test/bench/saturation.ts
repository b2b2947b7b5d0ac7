import { setTimeout as delay } from 'node:timers/promises';
import type { ServicesAnswer } from '../../shared/control-api.ts';
import { requestFleet } from '../../shared/control-client.ts';
import { watchLateness } from './lateness.ts';
import { median } from './measure.ts';
import { type FleetUnderTest, startFleet } from './measured-fleet.ts';
import { type BenchSettings, type Row, speed } from './row.ts';

/** Lines a second: more than any machine can do. */
const BEYOND = 400_000;
/** How long it has to get going, in ms. */
const WARM_UP = 5_000;
/** Steps of the search for what it holds, in lines a second. */
const RATES = [25_000, 50_000, 75_000, 100_000, 125_000, 150_000, 175_000, 200_000, 250_000] as const;
/** How late a line may be in the file for the rate to count as held, in ms. */
const LATE = 100;

const NO_CONSOLE = ['--no-console', '--max-size', '0'];

/** The fleet with as much to do as it can, and with as much as it can do in time. */
export async function saturation(settings: BenchSettings): Promise<readonly Row[]> {
  return [
    await saturated('live fleet, saturated, no console', NO_CONSOLE, settings),
    await saturated('live fleet, saturated, console into a pipe', ['--max-size', '0'], settings),
    ...(await held(settings)),
  ];
}

async function saturated(what: string, args: readonly string[], { runs, seconds }: BenchSettings): Promise<Row> {
  const figures: number[] = [];
  for (let run = 0; run < Math.min(runs, 3); run++) {
    const fleet = await startLoaded(BEYOND, args);
    const ms = Math.min(seconds, 10) * 1000;
    const before = await linesOf(fleet);
    await delay(ms);
    figures.push(((await linesOf(fleet)) - before) / (ms / 1000));
    await fleet.stop();
  }
  return { what, figure: speed(median(figures)) };
}

/** The highest rate at which for so many seconds no line is left out and none is late, and what came of the next. */
async function held({ seconds }: BenchSettings): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const rate of RATES) {
    const fleet = await startLoaded(rate, NO_CONSOLE);
    const lateness = await watchLateness(fleet.logFile, Math.min(seconds, 30) * 1000);
    await fleet.stop();
    const isHeld = lateness.skipped === 0 && lateness.max <= LATE;
    const within = `99 % of the lines within ${lateness.p99} ms, all within ${lateness.max} ms`;
    const figure = isHeld ? 'held' : `not held: ${lateness.skipped} times lines were left out`;
    rows.push({ what: `live fleet at ${rate} lines/s`, figure, against: within });
    if (!isHeld) break;
  }
  return rows;
}

/** Starts a fleet and waits until all its services write and what they had to make up for is written. */
async function startLoaded(rate: number, args: readonly string[]): Promise<FleetUnderTest> {
  const fleet = await startFleet(['--rate', String(rate), ...args], 0);
  for (let areUp = false; !areUp; ) {
    await delay(100);
    const { services } = await servicesOf(fleet).catch(() => ({ services: [] }));
    areUp = services.length > 0 && services.every(({ state }) => state === 'up');
  }
  await delay(WARM_UP);
  return fleet;
}

function servicesOf({ logFile }: FleetUnderTest): Promise<ServicesAnswer> {
  return requestFleet<ServicesAnswer>(logFile, { method: 'GET', path: '/v1/services' });
}

async function linesOf(fleet: FleetUnderTest): Promise<number> {
  const { services } = await servicesOf(fleet);
  return services.reduce((sum, { lines }) => sum + lines, 0);
}
