import { matches } from '../../simulation/catalog.ts';
import type { Failure } from '../../simulation/render-context.ts';
import { placeholdersOf } from '../../simulation/template.ts';
import type { Journey, ServiceDefinition, Step, Variant } from '../definition.ts';
import type { ValidationErrors } from './validation-errors.ts';

/**
 * Checks that a service has something to say whatever has failed before: for every failure that can come before a
 * step and after which the step is reached, there is also a bad variant; and no good line tells a status of 5xx.
 */
export function checkCoverage(
  faults: ValidationErrors,
  definition: ServiceDefinition,
  others: readonly ServiceDefinition[],
  journeys: Readonly<Record<string, Journey>>,
): void {
  for (const [name, steps] of Object.entries(definition.steps)) {
    const stages = Object.keys((journeys[name] as Journey).stages);
    for (const [stage, step] of Object.entries(steps)) {
      const path = `steps.${name}.${stage}`;
      for (const failure of failuresBefore(stages.indexOf(stage), name, stages, [...others, definition])) {
        // Who was down when the journey needed it knows nothing of the journey.
        if (failure.down && failure.service === definition.name) continue;
        checkAfter(faults, path, step, failure, definition);
      }
    }
  }
}

function checkAfter(
  faults: ValidationErrors,
  path: string,
  step: Step,
  failure: Failure,
  { name, dependsOn }: ServiceDefinition,
): void {
  const after = failure.down
    ? `${failure.service} being down`
    : `${failure.cause} (${failure.status}) in ${failure.service}`;
  // took 0: a condition on it may fail, and then nothing else would be left to say.
  const good = (step.failed ?? []).filter((variant) => matches({ ...variant.if, took: 0 }, 0, failure));
  if (good.length === 0) return;
  faults.check(anyApplies(step.failed, failure), `${path}.failed`, `nothing without "took" applies after ${after}`);
  for (const variant of good) {
    const tells = placeholdersOf(variant.text).includes('status') && variant.status === undefined;
    faults.check(!tells || failure.status < 500, `${path}.failed`, `a good line tells {status} after ${after}`);
  }
  const list = failure.service !== name && dependsOn.includes(failure.service) ? 'blamed' : 'aftermath';
  faults.check(anyApplies(step[list], failure), `${path}.${list}`, `nothing applies after ${after}`);
}

function anyApplies(variants: readonly Variant[] | undefined, failure: Failure): boolean {
  return (variants ?? []).some((variant) => matches(variant.if, 0, failure));
}

/** Every way in which the journey can have failed before the stage. */
function failuresBefore(
  stage: number,
  journey: string,
  stages: readonly string[],
  definitions: readonly ServiceDefinition[],
): Failure[] {
  return definitions.flatMap((definition) =>
    Object.entries(definition.steps[journey] ?? {})
      .filter(([name]) => stages.indexOf(name) < stage)
      .flatMap(([, step]) => failuresOf(definition.name, step)),
  );
}

function failuresOf(service: string, step: Step): Failure[] {
  const own = step.trouble
    .filter((variant) => variant.fails)
    .map(({ cause = 'failed', status = 500 }) => ({ service, down: false, cause, status, address: '' }));
  return [{ service, down: true, cause: 'unreachable', status: 503, address: '' }, ...own];
}
