import { UserError } from '../../shared/errors.ts';
import { shellQuote } from '../../shared/shell-quote.ts';
import { suggest } from '../../shared/suggest.ts';
import { commandIn, type Options } from './command.ts';

interface UnknownOption {
  /** As typed: `--rat`, `-r`. */
  readonly flag: string;
  readonly name: string;
  /** The argument that would be its value. */
  readonly value: string | undefined;
}

/** The error for an option that the command does not have, with the one that was probably meant. */
export function unknownOption(usage: string, { flag, name, value }: UnknownOption, known: Options): UserError {
  return new UserError('bad-option', `${flag}: no such option; ${hintFor(name, value, usage, known)}`);
}

/** The error for an argument too many, with the option that was probably meant. */
export function unexpectedArg(usage: string, [arg = '', next]: readonly string[], options: Options): UserError {
  const hint = Object.hasOwn(options, arg) ? `did you mean ${asTyped(arg, next, options)}?` : `see: ${helpIn(usage)}`;
  return new UserError('bad-option', `${JSON.stringify(arg)}: not expected here; ${hint}`);
}

function hintFor(name: string, value: string | undefined, usage: string, known: Options): string {
  const guess = counterpart(name, known) ?? suggest(name, Object.keys(known));
  if (guess !== undefined) return `did you mean ${asTyped(guess, value, known)}? See: ${helpIn(usage)}`;
  const [, service] = /^(?!no-)(.+)-ratio$/.exec(name) ?? [];
  if (service === undefined || !known.service) return `see: ${helpIn(usage)}`;
  return `if ${service} is a service of your own, pass its module too, for example --service ./${service}.js`;
}

const RATIO = '-ratio';

/** The option for a service's ratio is `--api-ratio` in `start` and `--api` in `ratios`. */
function counterpart(name: string, known: Options): string | undefined {
  const other = name.endsWith(RATIO) ? name.slice(0, -RATIO.length) : name + RATIO;
  return Object.hasOwn(known, other) ? other : undefined;
}

/** An option and, if it takes one, its value, for a shell. */
function asTyped(name: string, value: string | undefined, options: Options): string {
  return options[name]?.type === 'string' && value !== undefined ? `--${name} ${shellQuote(value)}` : `--${name}`;
}

function helpIn(usage: string): string {
  return `${commandIn(usage)} -- --help`;
}
