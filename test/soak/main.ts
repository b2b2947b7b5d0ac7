import type { Command } from '../../scripts/cli/command.ts';
import { numberFrom } from '../../scripts/cli/option-values.ts';
import { runCommand } from '../../scripts/cli/run-command.ts';
import { runProgram } from '../../scripts/cli/run-program.ts';
import { isClean } from './outcome.ts';
import { report } from './report.ts';
import { runSuite } from './suite.ts';

const DEFAULT = { minutes: 5, seed: 1, rate: 2000 } as const;

const LIMITS = { min: 1, max: 9999 };

/** `npm run soak` */
const soak: Command = {
  usage: 'npm run soak -- [options]',
  describe: 'Injects random faults and commands into fleets, and compares every line of their logs with what was due.',
  options: {
    minutes: { type: 'string', describe: 'How long faults are injected', defaultValue: DEFAULT.minutes },
    seed: { type: 'string', describe: 'Whole number; the same seed gives the same faults', defaultValue: DEFAULT.seed },
    rate: { type: 'string', describe: 'Lines per second of each fleet', defaultValue: DEFAULT.rate },
  },
  examples: [['npm run soak -- --minutes 1 --seed 7', 'a short soak']],
  async run(args) {
    const minutes = numberFrom(args, 'minutes', DEFAULT.minutes, LIMITS);
    const seed = numberFrom(args, 'seed', DEFAULT.seed, LIMITS);
    const rate = numberFrom(args, 'rate', DEFAULT.rate, LIMITS);
    const outcomes = await runSuite({ minutes, seed, rate });
    process.stdout.write(report(outcomes));
    if (!outcomes.every(isClean)) process.exitCode = 1;
  },
};

runProgram((args) => runCommand('soak', soak, args));
