import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalog } from '../services/catalog.ts';
import { checkNoMore } from './arguments.ts';
import type { Command } from './command.ts';
import { wholeNumber } from './numbers.ts';
import { Chance } from './soak/chance.ts';
import type { Comparison } from './soak/compare.ts';
import { type Outcome, runStorm } from './soak/storm.ts';
import { formatTable } from './table.ts';

const DEFAULT = { minutes: 5, seed: 1, rate: 2000 } as const;

/** Small enough that the log file is rotated several times in every run; nothing is thrown away. */
const ROTATION = ['--max-size', '1MB', '--keep', '1000'] as const;

/** Growth of the supervisor's memory over one run that counts as a leak, in MB. */
const GROWTH = 60;

/** `npm run soak` */
export const soak: Command = {
  usage: 'npm run soak -- [options]',
  describe: 'Runs fleets through a random storm of faults and commands, and compares every line with what was due.',
  options: {
    minutes: { type: 'string', describe: `How long the storm lasts [default: ${DEFAULT.minutes}]` },
    seed: { type: 'string', describe: `Whole number; the same seed gives the same storm [default: ${DEFAULT.seed}]` },
    rate: { type: 'string', describe: `Lines per second of the fleet [default: ${DEFAULT.rate}]` },
  },
  examples: [['npm run soak -- --minutes 1 --seed 7', 'a short storm']],
  async run(values) {
    checkNoMore(values._);
    const minutes = wholeNumber('--minutes', values.minutes, DEFAULT.minutes);
    const seed = wholeNumber('--seed', values.seed, DEFAULT.seed);
    const rate = wholeNumber('--rate', values.rate, DEFAULT.rate);
    const outcomes = await storms(minutes, seed, ['--rate', String(rate), '--seed', String(seed), ...ROTATION]);
    process.stdout.write(report(outcomes));
    if (!outcomes.every(isClean)) process.exitCode = 1;
  },
};

/** A run of half a minute each, ended in turn by a stop and by a SIGKILL of the supervisor. */
async function storms(minutes: number, seed: number, args: readonly string[]): Promise<readonly Outcome[]> {
  const chance = new Chance(seed);
  const catalog = await loadCatalog();
  const outcomes: Outcome[] = [];
  for (let run = 0; run < minutes * 2; run++) {
    const directory = mkdtempSync(join(tmpdir(), 'demo-logs-soak-'));
    const end = run % 2 === 0 ? 'stop' : 'SIGKILL';
    const logFile = join(directory, 'app.log');
    const outcome = await runStorm({ logFile, args, ms: 30_000, chance, catalog, end });
    outcomes.push(outcome);
    process.stderr.write(`run ${run + 1} of ${minutes * 2}: ${isClean(outcome) ? 'clean' : `look at ${directory}`}\n`);
    if (isClean(outcome)) rmSync(directory, { recursive: true, force: true });
  }
  return outcomes;
}

const KINDS = ['missing', 'doubled', 'invented', 'torn', 'disordered'] as const satisfies (keyof Comparison)[];

function isClean({ comparison, leaked, memory: [before, after] }: Outcome): boolean {
  return KINDS.every((kind) => comparison[kind].length === 0) && leaked.length === 0 && !(after - before > GROWTH);
}

function report(outcomes: readonly Outcome[]): string {
  const sum = (figure: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + figure(outcome), 0);
  const faults = new Map<string, number>();
  for (const outcome of outcomes) {
    for (const [name, count] of Object.entries(outcome.faults)) faults.set(name, (faults.get(name) ?? 0) + count);
  }
  const growth = outcomes.map(({ memory: [before, after] }) => after - before);
  const rows = [
    ...[...faults].sort().map(([name, count]) => [name, String(count)]),
    ['supervisor killed by SIGKILL', String(outcomes.filter(({ end }) => end === 'SIGKILL').length)],
    ['lines expected', String(sum(({ comparison }) => comparison.expected))],
    ['lines written', String(sum(({ comparison }) => comparison.written))],
    ...KINDS.map((kind) => [`lines ${kind}`, String(sum(({ comparison }) => comparison[kind].length))]),
    ['processes leaked', String(sum(({ leaked }) => leaked.length))],
    ['growth of the supervisor, most', `${Math.max(...growth).toFixed(0)} MB`],
  ];
  const examples = outcomes.flatMap(({ comparison }) =>
    KINDS.flatMap((kind) => comparison[kind].slice(0, 3).map((line) => `${kind}: ${line}`)),
  );
  return `${[formatTable(['WHAT', 'HOW MANY'], rows), ...examples].join('\n')}\n`;
}
