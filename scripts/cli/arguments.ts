import { UserError } from '../../shared/errors.ts';
import { asRun } from '../../shared/package-manager.ts';
import { shellQuote } from '../../shared/shell-quote.ts';
import { suggest } from './suggest.ts';

/** An option in the form of yargs; every value comes as text and is judged by us. */
export interface Option {
  readonly describe: string;
  readonly type: 'string' | 'boolean';
  /** May be given more than once. */
  readonly array?: boolean;
  /** Its name is that of a service of the user's own, so npm may have a setting of that name. */
  readonly isUserDefined?: boolean;
}

export type Options = Readonly<Record<string, Option>>;

/** Options of every command. */
const COMMON: Options = {
  help: { describe: 'Show help', type: 'boolean' },
  version: { describe: 'Show version number', type: 'boolean' },
};

/** Whether the words ask for help, or for the version, whatever else they say. */
export const asksForHelp = (args: readonly string[]) => args.includes('--help') || args.includes('-h');
export const asksForVersion = (args: readonly string[]) => args.includes('--version') || args.includes('-v');

/** What is typed before the options: `npm run ratios`. */
export function commandIn(usage: string): string {
  return asRun(usage.split(' -- ', 1)[0] as string);
}

/**
 * Checks what was typed after a command for unknown and repeated options. Done on the words themselves: once they
 * are parsed, `--rate 5 --rate 6` and `--rat` look like something that was meant.
 * @throws {UserError} `bad-option`
 */
export function checkOptions(usage: string, args: readonly string[], options: Options): void {
  const known = { ...COMMON, ...options };
  const seen = new Set<string>();
  for (const { name, flag, value, isJoined } of optionTokens(args)) {
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!option || !flag.startsWith('--')) {
      throw new UserError('bad-option', `${flag}: no such option; ${hintFor(name, value, usage, known)}`);
    }
    if (option.type === 'boolean' && isJoined) throw new UserError('bad-option', `${flag}: takes no value`);
    if (seen.has(name) && !option.array) throw new UserError('bad-option', `${flag}: given twice; use it once`);
    seen.add(name);
  }
}

/**
 * The one value of an option, or undefined when it was not given.
 * @throws {UserError} `bad-option` when it is empty
 */
export function stringOption(option: string, value: unknown, example: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new UserError('bad-option', `${option}: needs a value, for example ${option} ${example}`);
}

/**
 * Checks that no more than that many words stand on the command line beside the options.
 * @throws {UserError} `bad-option`
 */
export function rejectExtraArgs(usage: string, args: readonly string[], options: Options, expected = 0): void {
  const [extra, next] = args.slice(expected);
  if (extra === undefined) return;
  const option = Object.hasOwn(options, extra) ? options[extra] : undefined;
  const advice = option ? `did you mean ${asTyped(extra, option, next)}?` : `see: ${commandIn(usage)} -- --help`;
  throw new UserError('bad-option', `${JSON.stringify(extra)}: not expected here; ${advice}`);
}

/** Every value given for an option, before the words are parsed: other options may depend on it. */
export function valuesOf(name: string, args: readonly string[]): readonly string[] {
  const values: string[] = [];
  for (const [index, word] of args.entries()) {
    if (word === `--${name}`) values.push(args[index + 1] ?? '');
    else if (word.startsWith(`--${name}=`)) values.push(word.slice(name.length + 3));
  }
  return values;
}

/**
 * The words with `--from -7d` as `--from=-7d` and `--output -` as `--output=-`: the parser would take such a value for
 * an option. What is read as an option by `checkOptions` stays where it is.
 * @throws {UserError} `bad-option` when such a word is no option's value: the parser would take `-7d` for `-7 -d`
 */
export function joinNegativeValues(usage: string, args: readonly string[], options: Options): readonly string[] {
  const joined: string[] = [];
  const end = args.indexOf('--');
  for (const [index, word] of args.entries()) {
    const before = joined.at(-1) ?? '';
    const isPlain = (end === -1 || index < end) && (word === '-' || NUMBER.test(word));
    const isAfterOption = before.startsWith('--') && !before.includes('=');
    const option = isAfterOption ? options[before.slice(2)] : undefined;
    if (isPlain && option?.type === 'string') {
      joined[joined.length - 1] = `${before}=${word}`;
    } else {
      // What follows an option that nobody knows is not what is wrong.
      if (isPlain && word !== '-' && (option || !isAfterOption)) rejectExtraArgs(usage, [word], options);
      joined.push(word);
    }
  }
  return joined;
}

/** What to type instead of an option that is not known. */
function hintFor(name: string, value: string | undefined, usage: string, known: Options): string {
  const guess = counterpart(name, known) ?? suggest(name, Object.keys(known));
  const help = `${commandIn(usage)} -- --help`;
  if (guess !== undefined) return `did you mean ${asTyped(guess, known[guess] as Option, value)}? See: ${help}`;
  const [, service] = /^(?!no-)(.+)-ratio$/.exec(name) ?? [];
  if (service === undefined || !known.service) return `see: ${help}`;
  return `if ${service} is a service of your own, pass its module too, for example --service ./${service}.js`;
}

/** `start` has `--api-ratio` for what is `--api` in `ratios`. */
function counterpart(name: string, known: Options): string | undefined {
  const other = name.endsWith(RATIO) ? name.slice(0, -RATIO.length) : name + RATIO;
  return Object.hasOwn(known, other) ? other : undefined;
}

const RATIO = '-ratio';

/** An option and, if it takes one, its value, for a shell. */
function asTyped(name: string, { type }: Option, value: string | undefined): string {
  return type === 'string' && value !== undefined ? `--${name} ${shellQuote(value)}` : `--${name}`;
}

interface OptionToken {
  readonly name: string;
  /** As typed, without a value: `--rate`, `-r`. */
  readonly flag: string;
  /** What would be its value: what follows. */
  readonly value: string | undefined;
  /** The value is in the same word: `--rate=5`. */
  readonly isJoined: boolean;
}

const NUMBER = /^-[\d.]/;

function optionTokens(args: readonly string[]): readonly OptionToken[] {
  const end = args.indexOf('--');
  const candidates = end === -1 ? args : args.slice(0, end);
  return candidates.flatMap((word, index) => {
    if (!isOption(word)) return [];
    const [flag = word] = word.split('=', 1);
    const isJoined = flag !== word;
    const next = candidates[index + 1];
    const value = isJoined ? word.slice(flag.length + 1) : next !== undefined && isOption(next) ? undefined : next;
    return [{ name: flag.replace(/^--?/, ''), flag, value, isJoined }];
  });
}

function isOption(word: string): boolean {
  return word.length > 1 && word.startsWith('-') && !NUMBER.test(word);
}
