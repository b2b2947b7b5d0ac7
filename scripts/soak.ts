import type { Command } from './command.ts';
import { wholeNumber } from './numbers.ts';
import { isClean } from './soak/outcome.ts';
import { report } from './soak/report.ts';
import { runRounds } from './soak/rounds.ts';

const DEFAULT = { minutes: 5, seed: 1, rate: 2000 } as const;

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
    const minutes = wholeNumber('--minutes', values.minutes, DEFAULT.minutes);
    const seed = wholeNumber('--seed', values.seed, DEFAULT.seed);
    const rate = wholeNumber('--rate', values.rate, DEFAULT.rate);
    const outcomes = await runRounds({ minutes, seed, rate });
    process.stdout.write(report(outcomes));
    if (!outcomes.every(isClean)) process.exitCode = 1;
  },
};
