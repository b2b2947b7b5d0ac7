import type { Command } from '../../scripts/cli/command.ts';
import { invalidValue, numberFrom } from '../../scripts/cli/option-values.ts';
import { valuesOf } from '../../scripts/cli/parse-args.ts';
import { runCommand } from '../../scripts/cli/run-command.ts';
import { runProgram } from '../../scripts/cli/run-program.ts';
import { DEFAULTS, LIMITS } from '../../shared/defaults.ts';
import { measureSeed } from './measure-seed.ts';
import { examples, isRealistic, report, type SeedFindings } from './report.ts';

const DEFAULT = { seeds: [1, 2, 3], hours: 24, rate: DEFAULTS.rate } as const;

const HOURS = { min: 1, max: 168 };

const SEED = {
  type: 'string',
  describe: 'Seed of a log; repeatable',
  defaultValue: DEFAULT.seeds.join(', '),
  example: 1,
  isRepeatable: true,
} as const;

/**
 * `npm run realism`
 * @param args what was typed after the command: `--seed` may be given several times
 */
function realism(args: readonly string[]): Command {
  return {
    usage: 'npm run realism -- [options]',
    describe:
      'Compares the log with real ones: statistics of a day for each seed, and lines that contradict each other.',
    options: {
      seed: SEED,
      hours: { type: 'string', describe: 'Length of each log', defaultValue: DEFAULT.hours },
      rate: { type: 'string', describe: 'Lines per second of all services', defaultValue: DEFAULT.rate },
      examples: { type: 'boolean', describe: 'Show lines behind the figures that are outside their band' },
    },
    examples: [['npm run realism -- --seed 7 --hours 2 --examples', 'a quick look, with the lines in question']],
    async run(parsed) {
      const settings = {
        hours: numberFrom(parsed, 'hours', DEFAULT.hours, HOURS),
        rate: numberFrom(parsed, 'rate', DEFAULT.rate, LIMITS.rate, 'number'),
      };
      const seeds: SeedFindings[] = [];
      for (const seed of seedsFrom(args)) seeds.push({ seed, findings: await measureSeed(seed, settings) });
      process.stdout.write(report(seeds));
      if (parsed.flags.has('examples')) process.stdout.write(examples(seeds));
      if (!isRealistic(seeds)) process.exitCode = 1;
    },
  };
}

function seedsFrom(args: readonly string[]): readonly number[] {
  const texts = valuesOf('seed', SEED, args);
  for (const text of texts) {
    if (!/^\d+$/.test(text) || Number(text) > LIMITS.seed.max) {
      throw invalidValue('--seed', text, `use a whole number from ${LIMITS.seed.min} to ${LIMITS.seed.max}`);
    }
  }
  return texts.length > 0 ? texts.map(Number) : DEFAULT.seeds;
}

runProgram((args) => runCommand('realism', realism(args), args));
