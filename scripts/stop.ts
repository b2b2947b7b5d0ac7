import type { ShutdownAnswer } from '../shared/control-api.ts';
import { requestFleet } from '../shared/control-client.ts';
import { UserError } from '../shared/errors.ts';
import type { Command } from './cli/command.ts';
import { logFileFrom, logFileOption } from './cli/log-file-option.ts';

/** `npm stop` */
export const stopCommand: Command = {
  usage: 'npm stop -- [options]',
  describe: 'Stops the running fleet; returns once every service has exited and every line is written.',
  options: logFileOption,
  examples: [['npm stop -- --log-file demo.log', 'stops the fleet that writes demo.log']],
  async run(args) {
    const logFile = logFileFrom(args);
    const { pid, missingLines } = await requestFleet<ShutdownAnswer>(logFile, { method: 'POST', path: '/v1/shutdown' });
    if (missingLines > 0) {
      const cause = 'its disk is full or its reader is too slow';
      throw new UserError(
        'lines-lost',
        `the fleet has stopped (pid ${pid}), but the last ${missingLines} lines of ${logFile} could not be written: ${cause}`,
      );
    }
    process.stdout.write(`The fleet has stopped (pid ${pid}); its log is in ${logFile}\n`);
  },
};
