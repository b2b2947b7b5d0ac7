import { parseArgs } from 'node:util';
import { UserError } from '../../shared/errors.ts';
import type { CommandSyntax, Options, ParsedArgs, ValueOption } from './command.ts';
import { unexpectedArg, unknownOption } from './unknown-args.ts';

/** Options of every command. */
const COMMON: Options = {
  help: { type: 'boolean', describe: 'Show help' },
  version: { type: 'boolean', describe: 'Show version number' },
};

const NEGATIVE_VALUE = /^-[\d.]/;

/** True if the arguments ask for help, whatever else they contain. */
export const asksForHelp = (args: readonly string[]) => args.includes('--help') || args.includes('-h');

/** True if the arguments ask for the version, whatever else they contain. */
export const asksForVersion = (args: readonly string[]) => args.includes('--version') || args.includes('-v');

/**
 * Parses the arguments of a command. Works on tokens: in the values that `parseArgs` returns, `--rate 5 --rate 6` looks
 * like one option, and its strict mode neither suggests an option nor accepts `--from -7d`.
 * @throws {UserError} `bad-option` for an option that is unknown, repeated or without its value, and for an argument
 *   too many
 */
export function parse({ usage, options, maxPositionals = 0 }: CommandSyntax, typed: readonly string[]): ParsedArgs {
  const known = { ...COMMON, ...options };
  const args = withImpliedValues(typed, known);
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const positionals: string[] = [];
  for (const token of tokensOf(args, known)) {
    const arg = args[token.index] as string;
    if (token.kind === 'positional') positionals.push(arg);
    if (token.kind !== 'option') continue;
    if (NEGATIVE_VALUE.test(arg)) throw unexpectedArg(usage, [arg], options);
    const [flag = arg] = arg.split('=', 1);
    const name = flag.replace(/^--?/, '');
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!option || !flag.startsWith('--')) {
      const next = args[token.index + 1];
      throw unknownOption(usage, { flag, name, value: token.value ?? (isOption(next) ? undefined : next) }, known);
    }
    if (values.has(name) || flags.has(name)) {
      const isRepeatable = option.type === 'string' && option.isRepeatable;
      if (!isRepeatable) throw new UserError('bad-option', `${flag}: given twice; use it once`);
    }
    if (option.type === 'string') values.set(name, valueIn(token, option));
    else if (token.inlineValue) throw new UserError('bad-option', `${flag}: takes no value`);
    else flags.add(name);
  }
  if (positionals.length > maxPositionals) throw unexpectedArg(usage, positionals.slice(maxPositionals), options);
  return { values, flags, positionals };
}

/**
 * Every value given for one option, without looking at the others: those may depend on it.
 * @throws {UserError} `bad-option` when a value is missing
 */
export function valuesOf(name: string, option: ValueOption, args: readonly string[]): readonly string[] {
  const tokens = tokensOf(args, { [name]: option });
  return tokens.flatMap((token) => (token.kind === 'option' && token.name === name ? [valueIn(token, option)] : []));
}

/** `--page --rate 5` becomes `--page=7070 --rate 5`: `parseArgs` would take the second option for the value of the first. */
function withImpliedValues(args: readonly string[], options: Options): readonly string[] {
  return args.map((arg, index) => {
    const name = arg.slice('--'.length);
    const option = Object.hasOwn(options, name) && arg.startsWith('--') ? options[name] : undefined;
    if (option?.type !== 'string' || option.impliedValue === undefined) return arg;
    const next = args[index + 1];
    return next === undefined || isOption(next) ? `${arg}=${option.impliedValue}` : arg;
  });
}

type Token = ReturnType<typeof tokensOf>[number];

function tokensOf(args: readonly string[], options: Options) {
  return parseArgs({ args: [...args], options, strict: false, tokens: true }).tokens;
}

/** The value of an option. One that looks like an option counts as missing, unless it follows a `=`. */
function valueIn(token: Extract<Token, { kind: 'option' }>, option: ValueOption): string {
  const { rawName, value = '', inlineValue } = token;
  if (value.trim() !== '' && (inlineValue || !isOption(value))) return value;
  const example = option.example ?? option.defaultValue;
  throw new UserError('bad-option', `${rawName}: needs a value, for example ${rawName} ${example}`);
}

function isOption(arg: string | undefined): boolean {
  return arg !== undefined && arg.length > 1 && arg.startsWith('-') && !NEGATIVE_VALUE.test(arg);
}
