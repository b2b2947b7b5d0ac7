import { UserError } from '../../shared/errors.ts';
import { shellQuote } from '../../shared/shell-quote.ts';
import { type CommandSyntax, commandIn, type Option, type Options } from './command.ts';

/** Our options that are settings of npm too: an npmrc may set them, for npm alone. */
const SHARED_WITH_NPM: readonly string[] = ['all', 'force', 'json', 'long', 'only'];

const PREFIX = 'npm_config_';
const NUMBER = /^\d+(\.\d+)?$/;

/**
 * Refuses options that were typed without a `--` before them. npm takes them for its own settings and passes them on as
 * environment variables only, so the command would not do what was typed.
 * @param script of `package.json` that runs the command: settings for another script are not meant for this one
 * @param args what npm passed on: of `--rate 5` the 5
 * @throws {UserError} `bad-option`, with the command to type instead
 */
export function rejectFlagsSwallowedByNpm(
  script: string,
  { usage, options, maxPositionals = 0 }: CommandSyntax,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): void {
  if (env.npm_lifecycle_event !== script) return;
  const swallowed = Object.keys(options).filter((name) => isSwallowed(name, options, args, env));
  if (swallowed.length === 0) return;
  const extra = swallowed.length === 1 && areBare(args) ? args[maxPositionals] : undefined;
  const flags = swallowed.map((name) => {
    const option = options[name] as Option;
    if (option.type === 'boolean') return `--${name}`;
    const [value] = settingOf(name, env)?.split('\n', 1) ?? [];
    const typed = (value !== 'true' && value) || extra;
    if (typed === undefined && option.impliedValue !== undefined) return `--${name}`;
    return `--${name} ${typed === undefined ? '...' : shellQuote(typed)}`;
  });
  const command = [commandIn(usage), '--', ...args.slice(0, maxPositionals).map(shellQuote), ...flags].join(' ');
  throw new UserError('bad-option', `--${swallowed[0]}: npm kept it for itself; put -- before the options: ${command}`);
}

function isSwallowed(name: string, options: Options, args: readonly string[], env: NodeJS.ProcessEnv): boolean {
  const value = settingOf(name, env);
  if (value === undefined || args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))) return false;
  // `--no-console` is an empty `console`.
  if (name.startsWith('no-') ? value !== '' : value === '' && Object.hasOwn(options, `no-${name}`)) return false;
  const option = options[name] as Option;
  const isUserDefined = option.type === 'string' && option.isUserDefined;
  if (!isUserDefined && !SHARED_WITH_NPM.includes(name)) return true;
  // npm always sets many of its settings, and those of an npmrc. But none of them leaves an argument behind, or is a
  // number where we expect one.
  return option.type === 'string' && (NUMBER.test(value) || (value === 'true' && areBare(args)));
}

/** Names of options, or of settings of npm, that npm set to a number. */
export function namesWithNumber(env: NodeJS.ProcessEnv): readonly string[] {
  const variables = Object.keys(env).filter((key) => key.startsWith(PREFIX) && NUMBER.test(env[key] ?? ''));
  return variables.map((variable) => variable.slice(PREFIX.length).replaceAll('_', '-'));
}

/** npm's setting of that name: `true` for `--rate 5`, and one line each for an option given twice. */
function settingOf(name: string, env: NodeJS.ProcessEnv): string | undefined {
  return env[`${PREFIX}${name.replace(/^no-/, '').replaceAll('-', '_')}`];
}

function areBare(args: readonly string[]): boolean {
  return args.length > 0 && args.every((arg) => !arg.startsWith('-'));
}
