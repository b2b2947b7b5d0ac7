import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { loadCatalog } from '../../services/load-catalog.ts';
import type { Gap } from '../../shared/world.ts';
import { compareWhole, gapsToldIn, type Run } from '../soak/compare-run.ts';

/** Nothing is wrong. */
const NONE = { missing: [], duplicated: [], unexpected: [], torn: [], outOfOrder: [] };

/**
 * Fails unless the files, put end to end, hold every line that the world says, whole, once and in order; see
 * `compareWhole`.
 * @param run its catalog is that of the five when none is given
 * @returns how many lines were written
 */
export async function expectExactlyOnce(run: Omit<Run, 'catalog'> & Partial<Run>): Promise<number> {
  const { written, missing, duplicated, unexpected, torn, outOfOrder } = compareWhole({
    ...run,
    catalog: run.catalog ?? (await loadCatalog()),
  });
  const faults = Object.entries({ missing, duplicated, unexpected, torn, outOfOrder });
  const shown = Object.fromEntries(faults.map(([fault, lines]) => [fault, some(lines)]));
  expect(shown, 'lines of the log').toEqual(NONE);
  return written;
}

/** Enough to see what it is about. */
function some(lines: readonly string[]): readonly string[] {
  return lines.length > 6 ? [...lines.slice(0, 3), `… ${lines.length} in all …`, ...lines.slice(-3)] : lines;
}

/** What the services skipped by their own account: of the last of it the fleet may have heard after it told its world. */
export function toldGaps(files: readonly string[]): readonly Gap[] {
  return files.flatMap((file) => gapsToldIn(readFileSync(file, 'utf8')));
}
