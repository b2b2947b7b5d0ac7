import { formatTable } from '../../scripts/cli/table.ts';
import { DISK_FAULTS, FAULTS } from './fault-catalog.ts';
import { MAX_GROWTH_MB } from './memory.ts';
import { DEFECT_KINDS, type RunOutcome } from './outcome.ts';
import { SHUTDOWN_MODES } from './shutdown-modes.ts';

type ReportRow = readonly [what: string, count: string];

/** A table of the faults injected and the defects found in all runs. */
export function report(outcomes: readonly RunOutcome[]): string {
  const rows = [...faultRows(outcomes), ...shutdownRows(outcomes), ...lineRows(outcomes), ...processRows(outcomes)];
  return `${formatTable(['WHAT', 'COUNT'], rows)}\n`;
}

function faultRows(outcomes: readonly RunOutcome[]): readonly ReportRow[] {
  return Object.keys({ ...FAULTS, ...DISK_FAULTS }).map((kind): ReportRow => {
    const count = sum(outcomes, ({ faults }) => faults[kind] ?? 0);
    const isSkipped = count === 0 && kind in DISK_FAULTS;
    return [kind, isSkipped ? 'skipped: only root on Linux may mount a disk to fill' : String(count)];
  });
}

function shutdownRows(outcomes: readonly RunOutcome[]): readonly ReportRow[] {
  return SHUTDOWN_MODES.map(({ name }) => [
    `shutdown: ${name}`,
    String(outcomes.filter(({ shutdown }) => shutdown.name === name).length),
  ]);
}

function lineRows(outcomes: readonly RunOutcome[]): readonly ReportRow[] {
  const total = (figure: (outcome: RunOutcome) => number) => String(sum(outcomes, figure));
  return [
    ['lines expected', total(({ comparison }) => comparison.expected)],
    ['lines written', total(({ comparison }) => comparison.written)],
    ...DEFECT_KINDS.map(
      (kind): ReportRow => [
        `lines ${kind === 'outOfOrder' ? 'out of order' : kind}`,
        total(({ comparison }) => comparison[kind].length),
      ],
    ),
    ['last lines of stalled services lost at a shutdown (tolerated)', total(({ comparison }) => comparison.tailLoss)],
  ];
}

function processRows(outcomes: readonly RunOutcome[]): readonly ReportRow[] {
  const megabytes = (figure: number | undefined) => `${(figure ?? Number.NaN).toFixed(0)} MB`;
  const memory = outcomes.find(({ isLong }) => isLong)?.memory;
  return [
    ['wrong exit statuses, messages and refusals', String(sum(outcomes, ({ problems }) => problems.length))],
    ['processes leaked', String(sum(outcomes, ({ leaked }) => leaked.length))],
    ['memory of the supervisor at the start of the long run', megabytes(memory?.start)],
    ['maximum in the first half', megabytes(memory?.firstHalf)],
    [`maximum in the second half (${MAX_GROWTH_MB} MB more is a leak)`, megabytes(memory?.secondHalf)],
  ];
}

function sum(outcomes: readonly RunOutcome[], figure: (outcome: RunOutcome) => number): number {
  return outcomes.reduce((total, outcome) => total + figure(outcome), 0);
}
