import type { Command, ParsedArgs } from '../../scripts/cli/command.ts';
import { runCommand } from '../../scripts/cli/run-command.ts';
import { runProgram } from '../../scripts/cli/run-program.ts';
import { formatTable } from '../../scripts/cli/table.ts';
import { numberFrom } from '../../scripts/cli/validate.ts';
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

const LIMITS = { min: 1, max: 9999 };

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
    runs: { type: 'string', describe: 'How often each is measured', defaultValue: RUNS },
    seconds: { type: 'string', describe: 'How long a running fleet is watched', defaultValue: SECONDS },
    only: { type: 'string', describe: `One part of it: ${Object.keys(PARTS).join(', ')}`, example: 'backfill' },
    long: { type: 'boolean', describe: 'Also a backfill of 100 million lines' },
  },
  examples: [
    ['npm run bench -- --runs 3 --seconds 10', 'a quick look'],
    ['npm run bench -- --only backfill', 'backfills next to what the machine can do at best'],
  ],
  async run(args) {
    const settings = {
      runs: numberFrom(args, 'runs', RUNS, LIMITS),
      seconds: numberFrom(args, 'seconds', SECONDS, LIMITS),
      isLong: args.flags.has('long'),
    };
    const rows: Row[] = [];
    for (const part of partsFrom(args)) rows.push(...(await part(settings)));
    const cells = rows.map(({ what, figure, against = '' }) => [what, figure, against]);
    process.stdout.write(`${formatTable(['WHAT', 'MEDIAN', 'NEXT TO IT'], cells)}\n`);
  },
};

function partsFrom({ values }: ParsedArgs): readonly (typeof PARTS)[string][] {
  const name = values.get('only');
  if (name === undefined) return Object.values(PARTS);
  const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
  if (part) return [part];
  const known = Object.keys(PARTS).join(', ');
  throw new UserError('bad-option', `--only: ${JSON.stringify(name)} is no part of the benchmark; use one of ${known}`);
}

runProgram((args) => runCommand('bench', bench, args));
