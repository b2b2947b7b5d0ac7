import { type Command, runCommand } from '../../scripts/cli/command.ts';
import { wholeNumber } from '../../scripts/cli/numbers.ts';
import { runProgram } from '../../scripts/cli/run-program.ts';
import { isClean } from './outcome.ts';
import { report } from './report.ts';
import { runSuite } from './suite.ts';

const DEFAULT = { minutes: 5, seed: 1, rate: 2000 } as const;

/** `npm run soak` */
const soak: Command = {
  usage: 'npm run soak -- [options]',
  describe: 'Injects random faults and commands into fleets, and compares every line of their logs with what was due.',
  options: {
    minutes: { type: 'string', describe: `How long faults are injected [default: ${DEFAULT.minutes}]` },
    seed: { type: 'string', describe: `Whole number; the same seed gives the same faults [default: ${DEFAULT.seed}]` },
    rate: { type: 'string', describe: `Lines per second of each fleet [default: ${DEFAULT.rate}]` },
  },
  examples: [['npm run soak -- --minutes 1 --seed 7', 'a short soak']],
  async run(values) {
    const minutes = wholeNumber('--minutes', values.minutes, DEFAULT.minutes);
    const seed = wholeNumber('--seed', values.seed, DEFAULT.seed);
    const rate = wholeNumber('--rate', values.rate, DEFAULT.rate);
    const outcomes = await runSuite({ minutes, seed, rate });
    process.stdout.write(report(outcomes));
    if (!outcomes.every(isClean)) process.exitCode = 1;
  },
};

runProgram((args) => runCommand('soak', soak, args));
