import { setTimeout as delay } from 'node:timers/promises';
import { PageClient } from '../tools/page-client.ts';
import { cpuMilliseconds, median } from './measure.ts';
import { MeasuredFleet } from './measured-fleet.ts';
import type { BenchRow, BenchSettings } from './row.ts';

/** How long a fleet runs before it is measured, in ms. */
const WARM_UP_MS = 4_000;

/** Streams as three browsers open them, each a tail and the events. */
const STREAMS = ['v1/events', 'v1/tail', 'v1/events', 'v1/tail', 'v1/events', 'v1/tail?levels=ERROR&text=e'] as const;

/** A fleet that is compared with the same one without a page. */
interface Case {
  readonly what: string;
  readonly rate: number;
  readonly streams: readonly string[];
}

const CASES: readonly Case[] = [
  { what: 'page without a browser, 20000 lines/s', rate: 20_000, streams: [] },
  { what: 'page with three browsers, 1000 lines/s', rate: 1_000, streams: STREAMS },
  { what: 'page with three browsers, 20000 lines/s', rate: 20_000, streams: STREAMS },
];

/** Measures what the control page costs the supervisor: runs with and without it take turns. */
export async function measurePage({ runs, seconds }: BenchSettings): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { what, rate, streams } of CASES) {
    const without: number[] = [];
    const withPage: number[] = [];
    for (let run = 0; run < Math.min(runs, 3); run++) {
      without.push(await supervisorTime(rate, undefined, seconds));
      withPage.push(await supervisorTime(rate, streams, seconds));
    }
    const show = (microseconds: number) => `${((microseconds * rate) / 10_000).toFixed(1)} % of a core`;
    rows.push({ what, figure: show(median(withPage)), comparison: `${show(median(without))} without the page` });
  }
  return rows;
}

/**
 * CPU time of the supervisor per line, in µs: on a busy machine fewer lines are written in the same time.
 * @param streams to be read meanwhile; undefined for a fleet without a page
 */
async function supervisorTime(rate: number, streams: readonly string[] | undefined, seconds: number): Promise<number> {
  const page = streams ? ['--page', '0'] : [];
  const args = ['--no-console', '--traffic', 'steady', '--max-size', '0', '--rate', String(rate), ...page];
  const fleet = await MeasuredFleet.start(args);
  try {
    const client = streams && new PageClient(await fleet.pageLink);
    const opened = await Promise.all((streams ?? []).map((path) => client?.stream(path)));
    await delay(WARM_UP_MS);
    const before = await usageOf(fleet);
    await delay(Math.min(seconds, 10) * 1_000);
    const after = await usageOf(fleet);
    for (const stream of opened) stream?.close();
    return ((after.ms - before.ms) * 1_000) / (after.lines - before.lines);
  } finally {
    await fleet.stop();
  }
}

async function usageOf(fleet: MeasuredFleet) {
  const lines = (await fleet.services()).reduce((sum, service) => sum + service.lines, 0);
  return { ms: cpuMilliseconds(fleet.pid) ?? Number.NaN, lines };
}
