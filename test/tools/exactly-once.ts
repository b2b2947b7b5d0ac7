import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { loadCatalog } from '../../services/load-catalog.ts';
import type { Gap } from '../../shared/world.ts';
import { compareStoppedRun, parseGaps, type Run } from '../soak/compare-run.ts';

const NO_DEFECTS = { missing: [], duplicated: [], unexpected: [], torn: [], outOfOrder: [] };

/**
 * Fails unless the files together hold every line of the recorded world, complete, once and in order; see
 * `compareStoppedRun`.
 * @param run with the catalog of the five services by default
 * @returns how many lines were written
 */
export async function expectExactlyOnce(run: Omit<Run, 'catalog'> & Partial<Run>): Promise<number> {
  const { written, missing, duplicated, unexpected, torn, outOfOrder } = compareStoppedRun({
    ...run,
    catalog: run.catalog ?? (await loadCatalog()),
  });
  const defects = Object.entries({ missing, duplicated, unexpected, torn, outOfOrder });
  const excerpts = Object.fromEntries(defects.map(([kind, lines]) => [kind, excerpt(lines)]));
  expect(excerpts, 'lines of the log').toEqual(NO_DEFECTS);
  return written;
}

function excerpt(lines: readonly string[]): readonly string[] {
  return lines.length > 6 ? [...lines.slice(0, 3), `… ${lines.length} lines …`, ...lines.slice(-3)] : lines;
}

/** The gaps that the logs report. The last ones may be newer than the recorded world. */
export function reportedGaps(files: readonly string[]): readonly Gap[] {
  return files.flatMap((file) => parseGaps(readFileSync(file, 'utf8')));
}
