import { FAULT_EDGES, FAULT_PHASES } from '../definition.ts';
import type { ListContext } from './list-context.ts';
import { show, type ValidationErrors } from './validation-errors.ts';

/**
 * Checks when a variant applies.
 * @param cause of the variant
 */
export function checkCondition(
  errors: ValidationErrors,
  condition: unknown,
  path: string,
  context: ListContext,
  cause: unknown,
): void {
  if (condition === undefined) return;
  const { isScheduled, own } = context;
  const known = conditionsIn(context);
  for (const [key, value] of errors.entries(condition, path)) {
    const at = `${path}.${key}`;
    if (key === 'event' && !isScheduled) errors.add(at, 'unknown here; only a scheduled line can tell an event');
    else if (!known.includes(key)) errors.add(at, `unknown here; known here: ${known.join(', ')}`);
    else if (key === 'minMs') errors.wholeNumber(value, at, 1, 60_000);
    else if (key === 'least' || key === 'most') checkBounds(errors, value, at, own.gauges);
    else if (key === 'again')
      errors.check(typeof value === 'boolean', at, `${show(value)} is invalid; use true or false`);
    else if (key === 'event') checkEvent(errors, value, at, own.lasting);
    else if (key === 'phase') checkPhases(errors, value, at, own.lasting.includes(cause as string));
    else checkFailureCondition(errors, key, value, at, context);
  }
}

/** Which conditions have a meaning for a variant of that list. */
function conditionsIn({ place: { journey, afterFailure }, isScheduled, quality }: ListContext): readonly string[] {
  // A line that belongs to no journey takes no time.
  const ofStep = journey === undefined ? [] : ['minMs'];
  const ofReading = journey?.reads && quality === 'good' && !afterFailure ? ['again'] : [];
  const ofFailure = afterFailure ? ['failedIn', 'failedAt', 'down', 'status'] : [];
  const ofFault = quality === 'bad' ? ['phase'] : [];
  return [...ofStep, ...ofReading, 'least', 'most', ...ofFault, ...ofFailure, ...(isScheduled ? ['event'] : [])];
}

function checkBounds(errors: ValidationErrors, bounds: unknown, path: string, gauges: readonly string[]): void {
  const known = gauges.length > 0 ? `; use ${gauges.join(', ')}` : ', which has none';
  for (const [gauge, bound] of errors.entries(bounds, path)) {
    if (errors.check(gauges.includes(gauge), `${path}.${gauge}`, `is not a gauge of the service${known}`))
      errors.wholeNumber(bound, `${path}.${gauge}`, 0, Number.MAX_SAFE_INTEGER);
  }
}

function checkEvent(errors: ValidationErrors, event: unknown, path: string, lasting: readonly string[]): void {
  const events = [
    ...['began', 'ended'].map((edge) => `deploy.${edge}`),
    ...lasting.flatMap((name) => FAULT_EDGES.map((edge) => `${name}.${edge}`)),
  ];
  errors.check(events.includes(event as string), path, `${show(event)} is none of ${events.join(', ')}`);
}

function checkPhases(errors: ValidationErrors, phases: unknown, path: string, isLasting: boolean): void {
  if (!errors.check(isLasting, path, 'has a meaning only for a variant whose cause is a lasting fault')) return;
  const isValid =
    Array.isArray(phases) && phases.length > 0 && phases.every((phase) => FAULT_PHASES.includes(phase as never));
  errors.check(isValid, path, `${show(phases)} is invalid; use a list of ${FAULT_PHASES.join(', ')}`);
}

function checkFailureCondition(
  errors: ValidationErrors,
  key: string,
  value: unknown,
  path: string,
  { place: { journey } }: ListContext,
): void {
  if (key === 'failedIn') {
    const advice = 'use a short name, for example "payment"';
    errors.check(typeof value === 'string', path, `${show(value)} is not a service; ${advice}`);
  } else if (key === 'down') {
    errors.check(typeof value === 'boolean', path, `${show(value)} is invalid; use true or false`);
  } else if (key === 'status') {
    errors.check(value === 4 || value === 5, path, `${show(value)} is invalid; use 4 or 5`);
  } else {
    const stages = Object.keys(journey?.stages ?? {});
    errors.check(stages.includes(value as string), path, `${show(value)} is none of the stages ${stages.join(', ')}`);
  }
}
