import { loadCatalog } from '../../services/load-catalog.ts';
import { Simulation } from '../../services/simulation/simulation.ts';
import { DEFAULTS } from '../../shared/defaults.ts';
import { median } from './measure.ts';
import type { BenchRow, BenchSettings } from './row.ts';

const LINES_PER_RUN = 1_000_000;
const LINES_PER_CALL = 30_000;
const START = Date.UTC(2026, 0, 1);

/** Measures the simulation in one thread, without output. CPU time, so that other processes do not count. */
export async function measureSimulation({ runs }: BenchSettings): Promise<readonly BenchRow[]> {
  const catalog = await loadCatalog();
  const rows: BenchRow[] = [];
  for (const rate of [DEFAULTS.rate, 1_000, 100_000]) {
    const ratios = Object.fromEntries(catalog.services.map(({ name }) => [name, DEFAULTS.ratio]));
    const world = { seed: DEFAULTS.seed, rate, timeline: [{ at: START, ratios, down: [] }] } as const;
    const simulation = new Simulation(catalog, world);
    const stepMs = (LINES_PER_CALL * 1000) / rate;
    let from = START;
    const figures: number[] = [];
    // The first run only warms up the compiler.
    for (let run = 0; run <= runs; run++) {
      const before = process.cpuUsage();
      let lines = 0;
      for (; lines < LINES_PER_RUN; from += stepMs) lines += simulation.textBetween(from, from + stepMs).lines;
      const { user, system } = process.cpuUsage(before);
      if (run > 0) figures.push((user + system) / lines);
    }
    rows.push({ what: `simulation alone, ${rate} lines/s`, figure: `${median(figures).toFixed(2)} µs CPU per line` });
  }
  return rows;
}
