import { type ChaosResult, type ChaosRun, runChaos } from './chaos-run.ts';
import type { RunComparison } from './compare-run.ts';
import { hasLeak } from './memory.ts';
import type { ShutdownMode } from './shutdown-modes.ts';

/** The lists of a comparison that must be empty. */
export const DEFECT_KINDS = [
  'missing',
  'duplicated',
  'unexpected',
  'torn',
  'outOfOrder',
] as const satisfies (keyof RunComparison)[];

const MAX_EXAMPLES = 3;
const MAX_EXAMPLE_CHARACTERS = 300;

export interface RunOutcome extends ChaosResult {
  readonly name: string;
  readonly shutdown: ShutdownMode;
  /** Whether it ran long enough to find a memory leak. */
  readonly isLong: boolean;
}

const EMPTY_RESULT: ChaosResult = {
  comparison: {
    expected: 0,
    written: 0,
    missing: [],
    duplicated: [],
    unexpected: [],
    torn: [],
    outOfOrder: [],
    tailLoss: 0,
  },
  faults: {},
  leaked: [],
  memory: { start: Number.NaN, firstHalf: Number.NaN, secondHalf: Number.NaN },
  problems: [],
};

/** Runs the fleet; an error is a problem of the outcome. */
export async function outcomeOf(name: string, run: ChaosRun, isLong = false): Promise<RunOutcome> {
  const result = await runChaos(run).catch((error: Error) => ({ ...EMPTY_RESULT, problems: [String(error.stack)] }));
  return { ...result, name, shutdown: run.shutdown, isLong };
}

export function isClean({ comparison, leaked, problems, memory, isLong }: RunOutcome): boolean {
  const hasDefect = DEFECT_KINDS.some((kind) => comparison[kind].length > 0);
  return !hasDefect && leaked.length === 0 && problems.length === 0 && !(isLong && hasLeak(memory));
}

/** One line for a clean run; otherwise the directory to look at, and examples of what is wrong. */
export function summaryOf(outcome: RunOutcome, directory: string): string {
  const { name, shutdown, comparison, problems, leaked } = outcome;
  const title = `${name}, shut down by ${shutdown.name}`;
  if (isClean(outcome)) return `${title}: clean\n`;
  const lines = DEFECT_KINDS.flatMap((kind) =>
    comparison[kind].slice(0, MAX_EXAMPLES).map((line) => `${kind}: ${line}`),
  );
  const details = [...lines, ...problems, ...leaked.map((pid) => `leaked: ${pid}`)];
  const excerpts = details.map((detail) => `  ${detail.slice(0, MAX_EXAMPLE_CHARACTERS)}`);
  return [`${title}: look at ${directory}`, ...excerpts, ''].join('\n');
}
