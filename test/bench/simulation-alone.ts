import { loadCatalog } from '../../services/load-catalog.ts';
import { Simulation } from '../../services/simulation/simulation.ts';
import { DEFAULTS } from '../../shared/defaults.ts';
import { median } from './measure.ts';
import type { BenchSettings, Row } from './row.ts';

const LINES = 1_000_000;
const AT_ONCE = 30_000;
const BEGIN = Date.UTC(2026, 0, 1);

/** The simulation in one thread, with nothing done with the text: CPU time, for other processes do not count in it. */
export async function simulationAlone({ runs }: BenchSettings): Promise<readonly Row[]> {
  const catalog = await loadCatalog();
  const rows: Row[] = [];
  for (const rate of [DEFAULTS.rate, 1_000, 100_000]) {
    const ratios = Object.fromEntries(catalog.services.map(({ name }) => [name, DEFAULTS.ratio]));
    const world = { seed: DEFAULTS.seed, rate, timeline: [{ at: BEGIN, ratios, down: [] }] } as const;
    const simulation = new Simulation(catalog, world);
    const step = (AT_ONCE * 1000) / rate;
    let from = BEGIN;
    const figures: number[] = [];
    // The first is for the compiler.
    for (let run = 0; run <= runs; run++) {
      const before = process.cpuUsage();
      let lines = 0;
      for (; lines < LINES; from += step) lines += simulation.textBetween(from, from + step).lines;
      const { user, system } = process.cpuUsage(before);
      if (run > 0) figures.push((user + system) / lines);
    }
    rows.push({ what: `simulation alone, ${rate} lines/s`, figure: `${median(figures).toFixed(2)} µs CPU a line` });
  }
  return rows;
}
