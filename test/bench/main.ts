import type { Command, ParsedArgs } from '../../scripts/cli/command.ts';
import { numberFrom } from '../../scripts/cli/option-values.ts';
import { runCommand } from '../../scripts/cli/run-command.ts';
import { runProgram } from '../../scripts/cli/run-program.ts';
import { formatTable } from '../../scripts/cli/table.ts';
import { UserError } from '../../shared/errors.ts';
import { measureBackfills } from './backfills.ts';
import { measurePage } from './page.ts';
import type { BenchRow, BenchSettings } from './row.ts';
import { measureRunningFleet } from './running-fleet.ts';
import { measureSaturation } from './saturation.ts';
import { measureSimulation } from './simulation.ts';
import { measureStartUp } from './start-up.ts';

const DEFAULT = { runs: 5, seconds: 30 } as const;

const LIMITS = { min: 1, max: 9999 };

type Part = (settings: BenchSettings) => Promise<readonly BenchRow[]>;

const PARTS: Readonly<Record<string, Part>> = {
  start: measureStartUp,
  running: measureRunningFleet,
  simulation: measureSimulation,
  backfill: measureBackfills,
  saturation: measureSaturation,
  page: measurePage,
};

/** `npm run bench` */
const bench: Command = {
  usage: 'npm run bench -- [options]',
  describe:
    'Measures start-up, commands, memory, backfills and a saturated fleet on this machine: medians of several runs.',
  options: {
    runs: { type: 'string', describe: 'How often everything is measured', defaultValue: DEFAULT.runs },
    seconds: { type: 'string', describe: 'How long a running fleet is observed', defaultValue: DEFAULT.seconds },
    only: { type: 'string', describe: `One part: ${Object.keys(PARTS).join(', ')}`, example: 'backfill' },
    long: { type: 'boolean', describe: 'Includes a backfill of 100 million lines' },
  },
  examples: [
    ['npm run bench -- --runs 3 --seconds 10', 'a quick overview'],
    ['npm run bench -- --only backfill', 'backfills next to what the machine can do at best'],
  ],
  async run(args) {
    const settings = {
      runs: numberFrom(args, 'runs', DEFAULT.runs, LIMITS),
      seconds: numberFrom(args, 'seconds', DEFAULT.seconds, LIMITS),
      isLong: args.flags.has('long'),
    };
    const rows: BenchRow[] = [];
    for (const part of partsFrom(args)) rows.push(...(await part(settings)));
    const cells = rows.map(({ what, figure, comparison = '' }) => [what, figure, comparison]);
    process.stdout.write(`${formatTable(['WHAT', 'MEDIAN', 'COMPARISON'], cells)}\n`);
  },
};

function partsFrom({ values }: ParsedArgs): readonly Part[] {
  const name = values.get('only');
  if (name === undefined) return Object.values(PARTS);
  const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
  if (part) return [part];
  const known = Object.keys(PARTS).join(', ');
  throw new UserError(
    'bad-option',
    `--only: ${JSON.stringify(name)} is not a part of the benchmark; use one of ${known}`,
  );
}

runProgram((args) => runCommand('bench', bench, args));
