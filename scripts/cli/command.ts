import { withPackageManager } from '../../shared/package-manager.ts';

interface Flag {
  readonly type: 'boolean';
  readonly describe: string;
}

/** An option with a value. The value is text until the command validates it. */
export interface ValueOption {
  readonly type: 'string';
  readonly describe: string;
  /** Shown by `--help`. */
  readonly defaultValue?: number | string;
  /** A valid value, for messages; needed where the default would not do. */
  readonly example?: number | string;
  /** Its value when none is typed after it; without one a value is required. */
  readonly impliedValue?: number | string;
  readonly isRepeatable?: boolean;
  /** Named after a service of the user's own, so npm may have a setting of the same name. */
  readonly isUserDefined?: boolean;
}

/** An option with or without a value. */
export type Option = Flag | ValueOption;

/** The options of a command by their names, without the leading `--`. */
export type Options = Readonly<Record<string, Option>>;

/** What was typed after a command's name, checked against its options. */
export interface ParsedArgs {
  /** The text given for each option with a value; never blank. */
  readonly values: ReadonlyMap<string, string>;
  /** The options without a value that were given. */
  readonly flags: ReadonlySet<string>;
  /** The arguments that belong to no option. */
  readonly positionals: readonly string[];
}

/** What may be typed for a command. */
export interface CommandSyntax {
  /** As typed, with ` -- ` before the options: `npm run ratios -- [options]`. */
  readonly usage: string;
  readonly options: Options;
  /** How many arguments it takes beside the options. Default: 0. */
  readonly maxPositionals?: number;
}

/** One command: its syntax, what `--help` shows for it, and what it does. */
export interface Command extends CommandSyntax {
  readonly describe: string;
  readonly examples: readonly (readonly [typed: string, effect: string])[];
  /** @throws {UserError} for what the user can fix */
  run(args: ParsedArgs): Promise<void>;
}

/** The part of the usage before the options: `npm run ratios`, or `pnpm run ratios` under pnpm. */
export function commandIn(usage: string): string {
  return withPackageManager(usage.split(' -- ', 1)[0] as string);
}
