import { readFileSync } from 'node:fs';
import parse from 'yargs-parser';
import {
  asksForHelp,
  asksForVersion,
  checkOptions,
  joinNegativeValues,
  type Options,
  rejectExtraArgs,
} from './arguments.ts';
import { rejectFlagsSwallowedByNpm } from './swallowed-by-npm.ts';

/** What was typed, by the option's name; words that belong to no option are in `_`. */
export type Values = Readonly<Record<string, unknown>> & { readonly _: readonly string[] };

/** One command: what `--help` says of it, and what it does. */
export interface Command {
  /** As it is typed: `npm run ratios`. */
  readonly usage: string;
  readonly describe: string;
  readonly options: Options;
  /** How many words may stand beside the options; none unless it says so. */
  readonly positionals?: number;
  /** What may be typed, and what it does. */
  readonly examples: readonly (readonly [typed: string, does: string])[];
  /**
   * Does it.
   * @throws {UserError} for what the user can mend
   */
  run(values: Values): Promise<void>;
}

/**
 * Reads the words after a command's name and does what they say. They are parsed by the parser of yargs alone: the
 * whole of yargs, which writes the help, takes 70 ms to import.
 */
export async function runCommand(name: string, command: Command, args: readonly string[]): Promise<void> {
  if (asksForHelp(args)) {
    const { helpOf } = await import('./help.ts');
    process.stdout.write(`${await helpOf(command)}\n`);
  } else if (asksForVersion(args)) {
    printVersion();
  } else {
    const { usage, options } = command;
    rejectFlagsSwallowedByNpm(name, command, args, process.env);
    const joined = joinNegativeValues(usage, args, options);
    checkOptions(usage, joined, options);
    const values = parseWords(joined, options);
    rejectExtraArgs(usage, values._, options, command.positionals);
    await command.run(values);
  }
}

export function printVersion(): void {
  process.stdout.write(`${(JSON.parse(findPackage()) as { version: string }).version}\n`);
}

/** The package file is next to `scripts/` in the sources and next to `dist/` once compiled. */
function findPackage(): string {
  const places = ['../../package.json', '../../../package.json'].map((place) => new URL(place, import.meta.url));
  return places.map(read).find((text) => text !== undefined) ?? '{}';
}

function read(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function parseWords(args: readonly string[], options: Options): Values {
  const named = (type: string) => Object.keys(options).filter((name) => options[name]?.type === type);
  return parse([...args], {
    string: [...named('string'), '_'],
    boolean: named('boolean'),
    array: Object.keys(options).filter((name) => options[name]?.array),
    configuration: {
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-positional-numbers': false,
    },
  }) as unknown as Values;
}
