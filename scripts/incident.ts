import { UserError } from '../shared/errors.ts';
import { suggest } from '../shared/suggest.ts';
import type { Command, ParsedArgs } from './cli/command.ts';
import { logFileFrom, logFileOption } from './cli/log-file-option.ts';
import { orList } from './cli/option-values.ts';
import { type Action, actions, defaultAction } from './incident/actions.ts';
import { atOnceOption, startIncidentOptions } from './incident/read-request.ts';

const ofEveryAction = {
  json: { type: 'boolean', describe: 'Print JSON' },
  ...logFileOption,
} as const;

/** `npm run incident` */
export const incidentCommand: Command = {
  usage: 'npm run incident -- [list|show TYPE|start TYPE|stop ID] [options]',
  describe: 'Shows the incidents of the running fleet, starts or stops one, or shows what there is to start.',
  options: {
    ...startIncidentOptions,
    ...atOnceOption,
    all: { type: 'boolean', describe: 'Stop every incident' },
    ...ofEveryAction,
  },
  maxPositionals: 2,
  examples: [
    ['npm run incident -- list', 'the types of incidents'],
    ['npm run incident -- show payment-provider-down', 'what it would do'],
    ['npm run incident -- start payment-provider-down --for 10m', 'begins with its precursor; prints its plan'],
    ['npm run incident -- stop payment-provider-down-1', 'its recovery begins'],
    ['npm run incident', 'what is going on'],
  ],
  async run(args) {
    const [name, argument] = args.positionals;
    const action = name === undefined ? defaultAction : actionNamed(name);
    checkTyped(action, name, args);
    const { json, text } = await action.run({ argument, args, logFile: logFileFrom(args) });
    process.stdout.write(`${args.flags.has('json') ? JSON.stringify(json) : text}\n`);
  },
};

function actionNamed(name: string): Action {
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action) return action;
  const names = Object.keys(actions);
  const guess = suggest(name, names);
  const hint = guess === undefined ? `use ${orList(names)}` : `did you mean ${guess}?`;
  throw new UserError('bad-option', `${JSON.stringify(name)}: no such action; ${hint}`);
}

/** Refuses what belongs to another action: it would not do what was meant. */
function checkTyped({ options, takesArgument }: Action, name: string | undefined, args: ParsedArgs): void {
  const { values, flags, positionals } = args;
  const known = [...options, ...Object.keys(ofEveryAction)];
  const option = [...values.keys(), ...flags].find((given) => !known.includes(given));
  if (option !== undefined) {
    const users = Object.keys(actions).filter((action) => actions[action]?.options.includes(option));
    throw new UserError('bad-option', `--${option}: only with ${orList(users)}; leave it out`);
  }
  const [, argument] = positionals;
  if (argument === undefined || takesArgument) return;
  throw new UserError('bad-option', `${JSON.stringify(argument)}: not expected after ${name}; leave it out`);
}
