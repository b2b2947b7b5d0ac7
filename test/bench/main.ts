import { stringOption } from '../../scripts/cli/arguments.ts';
import { type Command, runCommand } from '../../scripts/cli/command.ts';
import { wholeNumber } from '../../scripts/cli/numbers.ts';
import { runProgram } from '../../scripts/cli/run-program.ts';
import { formatTable } from '../../scripts/cli/table.ts';
import { UserError } from '../../shared/errors.ts';
import { backfills } from './backfills.ts';
import type { BenchSettings, Row } from './row.ts';
import { running } from './running.ts';
import { saturation } from './saturation.ts';
import { simulationAlone } from './simulation-alone.ts';
import { startUp } from './start-up.ts';

const RUNS = 5;
/** How long a running fleet is watched, in s, when nothing is said. */
const SECONDS = 30;

const PARTS: Readonly<Record<string, (settings: BenchSettings) => Promise<readonly Row[]>>> = {
  start: startUp,
  running,
  simulation: simulationAlone,
  backfill: backfills,
  saturation,
};

/** `npm run bench` */
const bench: Command = {
  usage: 'npm run bench -- [options]',
  describe: 'Measures start-up, commands, memory, backfills and the loaded fleet here. Medians of several runs.',
  options: {
    runs: { type: 'string', describe: `How often each is measured [default: ${RUNS}]` },
    seconds: { type: 'string', describe: `How long a running fleet is watched [default: ${SECONDS}]` },
    only: { type: 'string', describe: `One part of it: ${Object.keys(PARTS).join(', ')}` },
    long: { type: 'boolean', describe: 'Also a backfill of 100 million lines' },
  },
  examples: [
    ['npm run bench -- --runs 3 --seconds 10', 'a quick look'],
    ['npm run bench -- --only backfill', 'backfills next to what the machine can do at best'],
  ],
  async run(values) {
    const settings = {
      runs: wholeNumber('--runs', values.runs, RUNS),
      seconds: wholeNumber('--seconds', values.seconds, SECONDS),
      isLong: values.long === true,
    };
    const rows: Row[] = [];
    for (const part of partsFrom(values.only)) rows.push(...(await part(settings)));
    const cells = rows.map(({ what, figure, against = '' }) => [what, figure, against]);
    process.stdout.write(`${formatTable(['WHAT', 'MEDIAN', 'NEXT TO IT'], cells)}\n`);
  },
};

function partsFrom(value: unknown): readonly (typeof PARTS)[string][] {
  const name = stringOption('--only', value, 'backfill');
  if (name === undefined) return Object.values(PARTS);
  const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
  if (part) return [part];
  const known = Object.keys(PARTS).join(', ');
  throw new UserError('bad-option', `--only: ${JSON.stringify(name)} is no part of the benchmark; use one of ${known}`);
}

runProgram((args) => runCommand('bench', bench, args));
