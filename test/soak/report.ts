import { formatTable } from '../../scripts/cli/table.ts';
import { DISK_FAULTS, FAULTS } from './fault-catalog.ts';
import { GROWTH } from './memory.ts';
import { KINDS, type Outcome } from './outcome.ts';
import { SHUTDOWN_MODES } from './shutdown-modes.ts';

type Row = readonly [what: string, howMany: string];

/** All that happened and what came of it, in one table. */
export function report(outcomes: readonly Outcome[]): string {
  const rows = [...faultRows(outcomes), ...endRows(outcomes), ...lineRows(outcomes), ...processRows(outcomes)];
  return `${formatTable(['WHAT', 'HOW MANY'], rows)}\n`;
}

function faultRows(outcomes: readonly Outcome[]): readonly Row[] {
  return Object.keys({ ...FAULTS, ...DISK_FAULTS }).map((kind): Row => {
    const count = sum(outcomes, ({ faults }) => faults[kind] ?? 0);
    const isLeftOut = count === 0 && kind in DISK_FAULTS;
    return [kind, isLeftOut ? 'left out: only root on Linux may mount a disk to fill' : String(count)];
  });
}

function endRows(outcomes: readonly Outcome[]): readonly Row[] {
  return SHUTDOWN_MODES.map(({ name }) => [
    `end: ${name}`,
    String(outcomes.filter(({ end }) => end.name === name).length),
  ]);
}

function lineRows(outcomes: readonly Outcome[]): readonly Row[] {
  const lines = (figure: (outcome: Outcome) => number) => String(sum(outcomes, figure));
  return [
    ['lines expected', lines(({ comparison }) => comparison.expected)],
    ['lines written', lines(({ comparison }) => comparison.written)],
    ...KINDS.map(
      (kind): Row => [
        `lines ${kind === 'outOfOrder' ? 'out of order' : kind}`,
        lines(({ comparison }) => comparison[kind].length),
      ],
    ),
    ['last lines of starved services at a stop (tolerated)', lines(({ comparison }) => comparison.tailLoss)],
  ];
}

function processRows(outcomes: readonly Outcome[]): readonly Row[] {
  const megabytes = (figure: number | undefined) => `${(figure ?? Number.NaN).toFixed(0)} MB`;
  const memory = outcomes.find(({ isLong }) => isLong)?.memory;
  return [
    ['ends and refusals that went wrong', String(sum(outcomes, ({ problems }) => problems.length))],
    ['processes leaked', String(sum(outcomes, ({ leaked }) => leaked.length))],
    ['memory of the long-lived supervisor at its start', megabytes(memory?.start)],
    ['at most in the first half of its life', megabytes(memory?.firstHalf)],
    [`at most in the second half, of which ${GROWTH} MB more is a leak`, megabytes(memory?.secondHalf)],
  ];
}

function sum(outcomes: readonly Outcome[], figure: (outcome: Outcome) => number): number {
  return outcomes.reduce((total, outcome) => total + figure(outcome), 0);
}
