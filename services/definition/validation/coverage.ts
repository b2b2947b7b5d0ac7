import { matches } from '../../simulation/condition.ts';
import type { Failure } from '../../simulation/render-context.ts';
import type { Journey, ServiceDefinition, Step, Variant } from '../definition.ts';
import { parseText } from '../parse-text.ts';
import type { OwnNames } from './check-state.ts';
import type { ValidationErrors } from './validation-errors.ts';

/**
 * Checks that a variant applies whatever has failed before: for every failure that can precede a step and after which
 * the step is reached, there is also a bad variant; and no good line has a status of 5xx.
 */
export function checkCoverage(
  errors: ValidationErrors,
  definition: ServiceDefinition,
  others: readonly ServiceDefinition[],
  journeys: Readonly<Record<string, Journey>>,
  own: OwnNames,
): void {
  for (const [key, step] of Object.entries(definition.steps)) {
    for (const failure of failuresBefore(key, journeys, [...others, definition])) {
      // A service that was down when the journey needed it knows nothing of the journey.
      if (failure.down && failure.service === definition.name) continue;
      checkAfter(errors, `steps.${key}.afterFailure`, step, failure, definition, own);
    }
  }
}

function checkAfter(
  errors: ValidationErrors,
  path: string,
  { afterFailure = {} }: Step,
  failure: Failure,
  { name, dependsOn }: ServiceDefinition,
  own: OwnNames,
): void {
  const { service, cause, status, down } = failure;
  const after = down ? `${service} being down` : `${cause} (${status}) in ${service}`;
  // Whatever the duration: a condition on it may not hold, and then nothing else would apply.
  const good = (afterFailure.good ?? []).filter(({ when }) => matches({ ...when, minMs: 0 }, 0, failure));
  if (good.length === 0) return;
  errors.check(anyApplies(good, failure, own), `${path}.good`, `nothing applies at any time after ${after}`);
  for (const variant of good) {
    const namesStatus = parseText(variant).placeholders.includes('status') && variant.status === undefined;
    errors.check(!namesStatus || status < 500, `${path}.good`, `a good line has {status} after ${after}`);
  }
  const list = service !== name && dependsOn.includes(service) ? 'dependency' : 'bad';
  errors.check(
    anyApplies(afterFailure[list], failure, own),
    `${path}.${list}`,
    `nothing applies at any time after ${after}`,
  );
}

/** Whether one applies at any time. */
function anyApplies(variants: readonly Variant[] = [], failure: Failure, { lasting, personal }: OwnNames): boolean {
  return variants.some(({ when, cause }) => {
    const isOfFault = cause !== undefined && (lasting.includes(cause) || personal.includes(cause));
    return !isOfFault && when?.least === undefined && when?.most === undefined && matches(when, 0, failure);
  });
}

/** Every way in which the journey can have failed before the step. */
function failuresBefore(
  key: string,
  journeys: Readonly<Record<string, Journey>>,
  definitions: readonly ServiceDefinition[],
): Failure[] {
  const [journey = '', stage = ''] = key.split('.');
  const stages = Object.keys((journeys[journey] as Journey).stages);
  return stages
    .slice(0, stages.indexOf(stage))
    .flatMap((earlier) =>
      definitions.flatMap(({ name, steps }) => failuresOf(name, earlier, steps[`${journey}.${earlier}`])),
    );
}

function failuresOf(service: string, stage: string, step: Step | undefined): Failure[] {
  if (!step) return [];
  const known = { service, stage, address: '' };
  const own = [...step.good, ...step.bad].flatMap(({ cause = 'failed', fails, level }) => {
    const isExpected = level === 'DEBUG' || level === 'INFO';
    return fails === undefined ? [] : [{ ...known, down: false, cause, status: fails, isExpected }];
  });
  return [{ ...known, down: true, cause: 'unreachable', status: 503, isExpected: false }, ...own];
}
