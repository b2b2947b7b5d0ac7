/** The actions of `npm run incident`, and what may be typed with each. */

import { findType } from '../../services/incidents/find-type.ts';
import { DEFAULTS } from '../../shared/defaults.ts';
import { UserError } from '../../shared/errors.ts';
import type { IncidentStatus, IncidentTypeInfo } from '../../shared/incident-api.ts';
import {
  fetchIncidents,
  fetchIncidentTypes,
  requestIncident,
  requestStopOfIncident,
} from '../../shared/incident-client.ts';
import { withPackageManager } from '../../shared/package-manager.ts';
import type { ParsedArgs } from '../cli/command.ts';
import { atOnceOption, readIncidentRequest, startIncidentOptions } from './read-request.ts';
import { formatIncidents, formatPlan, formatStopped } from './show-incidents.ts';
import { formatType, formatTypes } from './show-types.ts';

/** What an action prints: as JSON, or as text. */
interface Printed {
  readonly json: unknown;
  readonly text: string;
}

/** What was typed after the name of an action. */
interface Typed {
  readonly argument: string | undefined;
  readonly args: ParsedArgs;
  /** Absolute path of the log file of the fleet. */
  readonly logFile: string;
}

/** One action. */
export interface Action {
  readonly takesArgument: boolean;
  /** Names of the options that it has beside those of all. */
  readonly options: readonly string[];
  /** @throws {UserError} */
  run(typed: Typed): Promise<Printed>;
}

/** By their names. */
export const actions: Readonly<Record<string, Action>> = {
  list: { takesArgument: false, options: [], run: list },
  show: { takesArgument: true, options: [], run: show },
  start: { takesArgument: true, options: Object.keys({ ...startIncidentOptions, ...atOnceOption }), run: start },
  stop: { takesArgument: true, options: ['all', ...Object.keys(atOnceOption)], run: stop },
};

/** What is done without the name of an action. */
export const defaultAction: Action = { takesArgument: false, options: [], run: showAll };

async function showAll({ logFile }: Typed): Promise<Printed> {
  const incidents = await fetchIncidents(logFile);
  return { json: { incidents }, text: formatIncidents(incidents) };
}

async function list({ logFile }: Typed): Promise<Printed> {
  const types = await typesOf(logFile);
  return { json: { types }, text: formatTypes(types) };
}

async function show({ argument, logFile }: Typed): Promise<Printed> {
  const name = needed(argument, 'show', 'an incident type', 'payment-provider-down');
  const type = findType(name, await typesOf(logFile));
  return { json: type, text: formatType(type) };
}

async function start({ argument, args, logFile }: Typed): Promise<Printed> {
  const type = needed(argument, 'start', 'an incident type', 'payment-provider-down');
  const incident = await requestIncident(logFile, readIncidentRequest(type, args));
  return { json: incident, text: formatPlan(incident, logFile) };
}

async function stop({ argument, args: { flags }, logFile }: Typed): Promise<Printed> {
  const isAtOnce = flags.has('at-once');
  if (flags.has('all')) return stopAll(argument, logFile, isAtOnce);
  const id = needed(argument, 'stop', 'the id of an incident or --all', 'payment-provider-down-1');
  const incident = await requestStopOfIncident(logFile, id, isAtOnce);
  return { json: incident, text: formatStopped(incident) };
}

async function stopAll(argument: string | undefined, logFile: string, isAtOnce: boolean): Promise<Printed> {
  if (argument !== undefined) {
    throw new UserError('bad-option', `--all: stops every incident; leave out either it or ${argument}`);
  }
  const incidents: IncidentStatus[] = [];
  for (const { id, state } of await fetchIncidents(logFile)) {
    const isEnding = state === 'over' || (state === 'recovery' && !isAtOnce);
    if (!isEnding) incidents.push(await requestStopOfIncident(logFile, id, isAtOnce));
  }
  const text = incidents.map((incident) => formatStopped(incident)).join('\n');
  return { json: { incidents }, text: text || 'No incident is going on that could be stopped' };
}

function needed(argument: string | undefined, action: string, what: string, example: string): string {
  if (argument) return argument;
  const command = withPackageManager(`npm run incident -- ${action} ${example}`);
  throw new UserError('bad-option', `${action}: needs ${what}, for example ${command}`);
}

/** Those of the running fleet, which may have services of the user's own; without one, those of the five services. */
async function typesOf(logFile: string): Promise<readonly IncidentTypeInfo[]> {
  try {
    return await fetchIncidentTypes(logFile);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'no-fleet') throw error;
    const { loadIncidentTypes } = await import('../../services/incidents/incident-types.ts');
    return (await loadIncidentTypes([], [], DEFAULTS.seed)).list();
  }
}
