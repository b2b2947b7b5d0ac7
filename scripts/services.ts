import { SERVICE_ACTIONS, type ServiceAction, type ServiceStatus, type ServicesAnswer } from '../shared/control-api.ts';
import { requestFleet } from '../shared/control-client.ts';
import { UserError } from '../shared/errors.ts';
import { commandIn } from './cli/arguments.ts';
import type { Command } from './cli/command.ts';
import { logFileFrom, logFileOption } from './cli/log-file-option.ts';
import { formatServices } from './cli/service-table.ts';

/** `npm run services` */
export const services: Command = {
  usage: `npm run services -- [${SERVICE_ACTIONS.join('|')} NAME] [options]`,
  describe: 'Shows the services of the running fleet, or does something to one of them.',
  options: { json: { type: 'boolean', describe: 'Print JSON' }, ...logFileOption },
  positionals: 2,
  examples: [
    ['npm run services', 'shows them all'],
    ['npm run services -- kill payment', 'SIGKILL, then the supervised restart'],
    ['npm run services -- stop auth', 'auth is down until it is started again'],
  ],
  async run(values) {
    const [action, name] = values._;
    const logFile = logFileFrom(values);
    if (action === undefined) {
      const answer = await requestFleet<ServicesAnswer>(logFile, { method: 'GET', path: '/v1/services' });
      print(values.json, answer, answer.services);
    } else {
      const path = pathOf(checkAction(action), name);
      const status = await requestFleet<ServiceStatus>(logFile, { method: 'POST', path });
      print(values.json, status, [status]);
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
  const example = `${commandIn(services.usage)} -- ${action} api`;
  throw new UserError('bad-option', `${action}: which service? For example: ${example}`);
}

function print(asJson: unknown, answer: unknown, statuses: readonly ServiceStatus[]): void {
  process.stdout.write(`${asJson ? JSON.stringify(answer) : formatServices(statuses)}\n`);
}
