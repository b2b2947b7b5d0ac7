import { controlSocketPath } from '../shared/paths.ts';
import type { Command } from './cli/command.ts';
import { logFileFrom, logFileOption } from './cli/log-file-option.ts';

/** `npm run --silent socket` */
export const socketCommand: Command = {
  usage: 'npm run --silent socket -- [options]',
  describe: 'Prints the path of the control socket.',
  options: logFileOption,
  examples: [['curl --unix-socket "$(npm run --silent socket)" http://fleet/v1/ratios', 'calls the control API']],
  async run(args) {
    process.stdout.write(`${controlSocketPath(logFileFrom(args))}\n`);
  },
};
