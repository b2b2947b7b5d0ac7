import { stringOption } from '../../scripts/cli/arguments.ts';
import { type Command, runCommand } from '../../scripts/cli/command.ts';
import { wholeNumber } from '../../scripts/cli/numbers.ts';
import { runProgram } from '../../scripts/cli/run-program.ts';
import { formatTable } from '../../scripts/cli/table.ts';
import { UserError } from '../../shared/errors.ts';
import { measureBackfills } from './backfills.ts';
import type { BenchRow, BenchSettings } from './row.ts';
import { measureRunningFleet } from './running-fleet.ts';
import { measureSaturation } from './saturation.ts';
import { measureSimulation } from './simulation.ts';
import { measureStartUp } from './start-up.ts';

const DEFAULT = { runs: 5, seconds: 30 } as const;

type Part = (settings: BenchSettings) => Promise<readonly BenchRow[]>;

const PARTS: Readonly<Record<string, Part>> = {
  start: measureStartUp,
  running: measureRunningFleet,
  simulation: measureSimulation,
  backfill: measureBackfills,
  saturation: measureSaturation,
};

/** `npm run bench` */
const bench: Command = {
  usage: 'npm run bench -- [options]',
  describe:
    'Measures start-up, commands, memory, backfills and a saturated fleet on this machine: medians of several runs.',
  options: {
    runs: { type: 'string', describe: `How often everything is measured [default: ${DEFAULT.runs}]` },
    seconds: { type: 'string', describe: `How long a running fleet is observed [default: ${DEFAULT.seconds}]` },
    only: { type: 'string', describe: `One part: ${Object.keys(PARTS).join(', ')}` },
    long: { type: 'boolean', describe: 'Includes a backfill of 100 million lines' },
  },
  examples: [
    ['npm run bench -- --runs 3 --seconds 10', 'a quick overview'],
    ['npm run bench -- --only backfill', 'backfills next to what the machine can do at best'],
  ],
  async run(values) {
    const settings = {
      runs: wholeNumber('--runs', values.runs, DEFAULT.runs),
      seconds: wholeNumber('--seconds', values.seconds, DEFAULT.seconds),
      isLong: values.long === true,
    };
    const rows: BenchRow[] = [];
    for (const part of partsFrom(values.only)) rows.push(...(await part(settings)));
    const cells = rows.map(({ what, figure, comparison = '' }) => [what, figure, comparison]);
    process.stdout.write(`${formatTable(['WHAT', 'MEDIAN', 'COMPARISON'], cells)}\n`);
  },
};

function partsFrom(value: unknown): readonly Part[] {
  const name = stringOption('--only', value, 'backfill');
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
