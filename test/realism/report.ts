import { formatTable } from '../../scripts/cli/table.ts';
import { BANDS, type Band, hasLimits, isWithin, type MeasureId } from './bands.ts';
import { type Finding, isMeasured } from './measure.ts';

/** What all measures found in the logs of one seed. */
export interface SeedFindings {
  readonly seed: number;
  readonly findings: readonly Finding[];
}

const IDS = Object.keys(BANDS) as MeasureId[];

/**
 * True if every log that has something to measure is within the band, and at least one has. When all have nothing, as
 * when a pattern no longer fits the wording of the services, only a band that expects it is met.
 */
export function isInside(id: MeasureId, seeds: readonly SeedFindings[]): boolean {
  const band: Band = BANDS[id];
  if (!hasLimits(band)) return true;
  const measured = seeds.map((seed) => findingOf(id, seed)).filter((finding) => finding && isMeasured(finding));
  if (measured.length === 0) return band.mayBeNone === true;
  return measured.every((finding) => finding?.figures.every((figure) => isWithin(band, figure)));
}

/** True if all measures are within their bands. */
export function isRealistic(seeds: readonly SeedFindings[]): boolean {
  return IDS.every((id) => isInside(id, seeds));
}

/** The table of all measures. */
export function report(seeds: readonly SeedFindings[]): string {
  const headings = ['MEASURE', ...seeds.map(({ seed }) => `SEED ${seed}`), 'BAND', 'SOURCE OF THE BAND', ''];
  const rows = IDS.map((id) => [
    BANDS[id].what,
    ...seeds.map((seed) => formatFinding(BANDS[id], findingOf(id, seed))),
    formatBand(BANDS[id]),
    BANDS[id].source,
    hasLimits(BANDS[id]) ? (isInside(id, seeds) ? 'inside' : 'OUTSIDE') : '',
  ]);
  return `${formatTable(headings, rows)}\n`;
}

/** Lines and texts behind the figures that are outside, of the first seed that has any. */
export function examples(seeds: readonly SeedFindings[]): string {
  const blocks = IDS.filter((id) => !isInside(id, seeds)).flatMap((id) => {
    const found = seeds.map((seed) => findingOf(id, seed)?.examples ?? []).find((texts) => texts.length > 0);
    return found ? [`\n${BANDS[id].what.trim()}\n`, ...found.map((text) => `    ${text}\n`)] : [];
  });
  return blocks.join('');
}

function findingOf(id: MeasureId, { findings }: SeedFindings): Finding | undefined {
  return findings.find((finding) => finding.id === id);
}

function formatFinding(band: Band, finding: Finding | undefined): string {
  if (!finding || !isMeasured(finding)) return 'none';
  const figures = finding.figures.map((figure) => formatFigure(band, figure)).join(' / ');
  if (finding.cases === undefined) return `${figures}${band.unit === '%' ? ' %' : ''}`;
  return `${figures} of ${finding.cases}`;
}

function formatBand({ min, max, above, unit }: Band): string {
  const end = unit === '%' ? ' %' : '';
  const format = (figure: number) => formatFigure({ unit }, figure);
  if (above !== undefined) return `> ${format(above)}${end}`;
  if (min !== undefined && max !== undefined) return `${format(min)} to ${format(max)}${end}`;
  if (min !== undefined) return `>= ${format(min)}${end}`;
  if (max === 0) return '0';
  return max === undefined ? '' : `<= ${format(max)}${end}`;
}

/** Three significant digits, or all digits of a whole number. */
function formatFigure({ unit }: { readonly unit?: '%' | undefined }, figure: number): string {
  const shown = unit === '%' ? figure * 100 : figure;
  if (Number.isInteger(shown) || Math.abs(shown) >= 100) return shown.toFixed(0);
  return String(Number(shown.toPrecision(3)));
}
