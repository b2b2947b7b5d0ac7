import { SERVICE_ACTIONS, type ServiceAction, type ServiceStatus, type ServicesAnswer } from '../shared/control-api.ts';
import { requestFleet } from '../shared/control-client.ts';
import { UserError } from '../shared/errors.ts';
import { type Command, commandIn } from './cli/command.ts';
import { logFileFrom, logFileOption } from './cli/log-file-option.ts';
import { formatServices } from './cli/service-table.ts';

/** `npm run services` */
export const servicesCommand: Command = {
  usage: `npm run services -- [${SERVICE_ACTIONS.join('|')} NAME] [options]`,
  describe: 'Shows the services of the running fleet, or restarts, kills, stops or starts one of them.',
  options: { json: { type: 'boolean', describe: 'Print JSON' }, ...logFileOption },
  maxPositionals: 2,
  examples: [
    ['npm run services', 'shows them all'],
    ['npm run services -- kill payment', 'SIGKILL, then the supervised restart'],
    ['npm run services -- stop auth', 'auth is down until it is started again'],
  ],
  async run(args) {
    const [action, name] = args.positionals;
    const logFile = logFileFrom(args);
    const asJson = args.flags.has('json');
    if (action === undefined) {
      const answer = await requestFleet<ServicesAnswer>(logFile, { method: 'GET', path: '/v1/services' });
      print(asJson, answer, answer.services);
      if (answer.page !== undefined && !asJson) process.stdout.write(`\nControl page: ${answer.page}\n`);
    } else {
      const path = pathOf(checkAction(action), name);
      const status = await requestFleet<ServiceStatus>(logFile, { method: 'POST', path });
      print(asJson, status, [status]);
    }
  },
};

function checkAction(action: string): ServiceAction {
  const known = SERVICE_ACTIONS.find((candidate) => candidate === action);
  if (known) return known;
  throw new UserError('bad-option', `${JSON.stringify(action)}: no such action; use ${SERVICE_ACTIONS.join(', ')}`);
}

function pathOf(action: ServiceAction, name: string | undefined): string {
  if (name) return `/v1/services/${encodeURIComponent(name)}/${action}`;
  const example = `${commandIn(servicesCommand.usage)} -- ${action} api`;
  throw new UserError('bad-option', `${action}: needs the name of a service, for example ${example}`);
}

function print(asJson: boolean, answer: unknown, statuses: readonly ServiceStatus[]): void {
  process.stdout.write(`${asJson ? JSON.stringify(answer) : formatServices(statuses)}\n`);
}
