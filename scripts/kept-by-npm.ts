import { UserError } from '../shared/errors.ts';
import { shellWord } from '../shared/shell-word.ts';
import { commandIn, type Option } from './arguments.ts';
import type { Command } from './command.ts';

/** Names of ours that are settings of npm too: they may be in the user's npmrc and mean npm alone. */
const SHARED_WITH_NPM: readonly string[] = ['all', 'force', 'json', 'long', 'only'];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Refuses options that were typed without a `--` before them. npm takes them for settings of its own and passes them on
 * as environment variables only, so that the command would do something else than was typed.
 * @param script its name in `package.json`: what npm was told for another one is not meant for this
 * @param words what npm passed on: of `--rate 5` the 5
 * @throws {UserError} `bad-option`
 */
export function checkNotKeptByNpm(
  script: string,
  { usage, options, words: expected = 0 }: Pick<Command, 'usage' | 'options' | 'words'>,
  words: readonly string[],
  env: Environment,
): void {
  if (env.npm_lifecycle_event !== script) return;
  const kept = Object.entries(options).filter(([name, option]) => isKept(name, option, words, env));
  const [first] = kept;
  if (!first) return;
  const left = kept.length === 1 && areBare(words) ? words[expected] : undefined;
  const flags = kept.map(([name, option]) => asTyped(name, option, givenValue(name, env) || left));
  const typed = [commandIn(usage), '--', ...words.slice(0, expected).map(shellWord), ...flags].join(' ');
  throw new UserError('bad-option', `--${first[0]}: npm kept it for itself; put -- before the options: ${typed}`);
}

function isKept(name: string, { type }: Option, words: readonly string[], env: Environment): boolean {
  const value = env[variableOf(name)];
  // `--no-console` is an empty `console`.
  if (value === undefined || (name.startsWith('no-') && value !== '')) return false;
  if (!SHARED_WITH_NPM.includes(name)) return true;
  // One that needs a value has left it behind; what is in an npmrc leaves no word.
  return type === 'string' && areBare(words);
}

function areBare(words: readonly string[]): boolean {
  return words.length > 0 && words.every((word) => !word.startsWith('-'));
}

function variableOf(name: string): string {
  return `npm_config_${name.replace(/^no-/, '').replaceAll('-', '_')}`;
}

/** The value in `--rate=5`; `--rate 5` comes as `true`, and an option given twice as a list in lines. */
function givenValue(name: string, env: Environment): string | undefined {
  const value = env[variableOf(name)];
  return value === 'true' ? undefined : value?.split('\n', 1)[0];
}

function asTyped(name: string, { type }: Option, value: string | undefined): string {
  if (type === 'boolean') return `--${name}`;
  return `--${name} ${value === undefined ? '...' : shellWord(value)}`;
}
