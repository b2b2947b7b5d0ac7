import { type ChaosRun, type RunResult, runStorm } from './chaos-run.ts';
import type { RunComparison } from './compare-run.ts';
import { hasGrown } from './memory.ts';
import type { ShutdownMode } from './shutdown-modes.ts';

/** What must not be in a comparison. */
export const KINDS = [
  'missing',
  'duplicated',
  'unexpected',
  'torn',
  'outOfOrder',
] as const satisfies (keyof RunComparison)[];

/** Examples of each kind of wrong line, and characters of each. */
const EXAMPLES = 3;
const EXAMPLE = 300;

export interface Outcome extends RunResult {
  readonly name: string;
  readonly end: ShutdownMode;
  /** Whether it lived long enough to tell by its memory. */
  readonly isLong: boolean;
}

const NOTHING: RunResult = {
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

/** Runs the storm; a fleet that does not survive it is an outcome too. */
export async function outcomeOf(name: string, storm: ChaosRun, isLong = false): Promise<Outcome> {
  const survived = await runStorm(storm).catch((error: Error) => ({ ...NOTHING, problems: [String(error.stack)] }));
  return { ...survived, name, end: storm.end, isLong };
}

export function isClean({ comparison, leaked, problems, memory, isLong }: Outcome): boolean {
  const isWhole = KINDS.every((kind) => comparison[kind].length === 0);
  return isWhole && leaked.length === 0 && problems.length === 0 && !(isLong && hasGrown(memory));
}

/** What is wrong with it, in lines, and where to look further; or that nothing is. */
export function verdictOf(outcome: Outcome, directory: string): string {
  const { name, end, comparison, problems, leaked } = outcome;
  const run = `${name}, ended by ${end.name}`;
  if (isClean(outcome)) return `${run}: clean\n`;
  const lines = KINDS.flatMap((kind) => comparison[kind].slice(0, EXAMPLES).map((line) => `${kind}: ${line}`));
  const all = [...lines, ...problems, ...leaked.map((pid) => `leaked: ${pid}`)];
  return [`${run}: look at ${directory}`, ...all.map((what) => `  ${what.slice(0, EXAMPLE)}`), ''].join('\n');
}
