import { UserError } from '../../shared/errors.ts';
import { shellQuote } from '../../shared/shell-quote.ts';
import { commandIn, type Option, type Options } from './arguments.ts';
import type { Command } from './command.ts';

/**
 * Names of ours that are settings of npm too: they may be in the user's npmrc and mean npm alone. Any service of the
 * user's own may have such a name as well.
 */
const SHARED_WITH_NPM: readonly string[] = ['all', 'force', 'json', 'long', 'only'];

const PREFIX = 'npm_config_';
const NUMBER = /^\d+(\.\d+)?$/;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Refuses options that were typed without a `--` before them. npm takes them for settings of its own and passes them on
 * as environment variables only, so that the command would do something else than was typed.
 * @param script its name in `package.json`: what npm was told for another one is not meant for this
 * @param args what npm passed on: of `--rate 5` the 5
 * @throws {UserError} `bad-option`
 */
export function rejectFlagsSwallowedByNpm(
  script: string,
  { usage, options, positionals: expected = 0 }: Pick<Command, 'usage' | 'options' | 'positionals'>,
  args: readonly string[],
  env: Environment,
): void {
  if (env.npm_lifecycle_event !== script) return;
  const kept = Object.entries(options).filter(([name]) => isKept(name, options, args, env));
  const [first] = kept;
  if (!first) return;
  const left = kept.length === 1 && areBare(args) ? args[expected] : undefined;
  const flags = kept.map(([name, option]) => asTyped(name, option, givenValue(name, env) || left));
  const typed = [commandIn(usage), '--', ...args.slice(0, expected).map(shellQuote), ...flags].join(' ');
  throw new UserError('bad-option', `--${first[0]}: npm kept it for itself; put -- before the options: ${typed}`);
}

/** What stands among the words was passed on, whatever the environment says. */
function isPassedOn(name: string, args: readonly string[]): boolean {
  return args.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
}

function isKept(name: string, options: Options, args: readonly string[], env: Environment): boolean {
  const value = env[variableOf(name)];
  if (value === undefined || isPassedOn(name, args)) return false;
  // `--no-console` is an empty `console`.
  const isNegated = value === '' && Object.hasOwn(options, `no-${name}`);
  if (name.startsWith('no-') ? value !== '' : isNegated) return false;
  const { type, isUserDefined } = options[name] as Option;
  if (!isUserDefined && !SHARED_WITH_NPM.includes(name)) return true;
  // Many settings of npm are in the environment always, and so is what is in an npmrc. But none of these leaves a word,
  // or is a number where a number is expected.
  return type === 'string' && (NUMBER.test(value) || (value === 'true' && areBare(args)));
}

/** Names of options, or of settings of npm, to which npm gave a number. */
export function namesWithNumber(env: Environment): readonly string[] {
  return Object.entries(env)
    .filter(([variable, value]) => variable.startsWith(PREFIX) && NUMBER.test(value ?? ''))
    .map(([variable]) => variable.slice(PREFIX.length).replaceAll('_', '-'));
}

function areBare(args: readonly string[]): boolean {
  return args.length > 0 && args.every((word) => !word.startsWith('-'));
}

function variableOf(name: string): string {
  return `${PREFIX}${name.replace(/^no-/, '').replaceAll('-', '_')}`;
}

/** The value in `--rate=5`; `--rate 5` comes as `true`, and an option given twice as a list in lines. */
function givenValue(name: string, env: Environment): string | undefined {
  const value = env[variableOf(name)];
  return value === 'true' ? undefined : value?.split('\n', 1)[0];
}

function asTyped(name: string, { type }: Option, value: string | undefined): string {
  if (type === 'boolean') return `--${name}`;
  return `--${name} ${value === undefined ? '...' : shellQuote(value)}`;
}
