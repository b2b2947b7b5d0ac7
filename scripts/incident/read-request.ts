import { checkIncidentId, checkIncidentLength, checkSeverity } from '../../shared/check-incident.ts';
import type { IncidentRequest } from '../../shared/incident-api.ts';
import { LENGTH_ADVICE, parseLength } from '../../shared/length-of-time.ts';
import type { Options, ParsedArgs } from '../cli/command.ts';
import { invalidValue } from '../cli/option-values.ts';

/** The options of `npm run incident -- start`. */
export const startIncidentOptions = {
  for: { type: 'string', describe: 'How long the fault lasts, 10s to 7d', example: '10m' },
  target: { type: 'string', describe: 'The instance that has the fault', example: 'adyen' },
  severity: { type: 'string', describe: 'Share of its usual effect, 0.1 to 1', defaultValue: 1, example: 0.5 },
  id: { type: 'string', describe: 'Name of the incident, else type and number', example: 'checkout-outage' },
  unannounced: { type: 'boolean', describe: 'Do not say when the fault begins and ends' },
  'no-red-herrings': { type: 'boolean', describe: 'Nothing harmless that looks suspicious' },
} as const satisfies Options;

/** What without a precursor or a recovery is: of `start` and of `stop`. */
export const atOnceOption = {
  'at-once': { type: 'boolean', describe: 'Start without precursor, or stop without recovery' },
} as const satisfies Options;

/**
 * How the incident is to be started.
 * @throws {UserError} `bad-option`
 */
export function readIncidentRequest(type: string, { values, flags }: ParsedArgs): IncidentRequest {
  const [length, target, severity, id] = ['for', 'target', 'severity', 'id'].map((name) => values.get(name));
  return {
    type,
    ...(length !== undefined && { for: lengthOf(length) }),
    ...(target !== undefined && { target }),
    ...(severity !== undefined && { severity: checkSeverity('--severity', numberIn(severity), severity) }),
    ...(id !== undefined && { id: checkIncidentId('--id', id) }),
    ...(flags.has('at-once') && { atOnce: true }),
    ...(flags.has('unannounced') && { announced: false }),
    ...(flags.has('no-red-herrings') && { redHerrings: false }),
  };
}

function lengthOf(text: string): number {
  const ms = parseLength(text);
  if (ms === undefined) throw invalidValue('--for', text, LENGTH_ADVICE);
  return checkIncidentLength('--for', ms, text);
}

function numberIn(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}
