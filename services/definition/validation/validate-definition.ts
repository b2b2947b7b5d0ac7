import type { Journey, ServiceDefinition } from '../definition.ts';
import { checkPath, checkVariant, type ListContext } from './check-variant.ts';
import { checkCoverage } from './coverage.ts';
import { isObject, show, ValidationErrors } from './validation-errors.ts';
import { isOfEveryObject, OF_EVERY_OBJECT } from './value-names.ts';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LOG_NAME = /^[A-Z][A-Za-z0-9]*$/;
/** Words that commands use for something else. */
const RESERVED = ['all', 'get', 'json', 'log-file', 'help', 'version', 'supervisor'];
const MAX_STAGE_MS = 60_000;

/**
 * Validates a service definition.
 * @param others the services that it may depend on, already valid
 * @param journeys those of the shop
 * @returns every error with the path to it; empty when the definition is valid
 */
export function validateDefinition(
  definition: unknown,
  others: readonly ServiceDefinition[],
  journeys: Readonly<Record<string, Journey>>,
): readonly string[] {
  const errors = new ValidationErrors();
  if (!isObject(definition)) return [`the default export: ${show(definition)} is not a service definition`];
  errors.onlyKeys(definition, 'definition', ['name', 'logName', 'dependsOn', 'journeys', 'steps', 'background']);
  checkNames(errors, definition, others);
  for (const name of errors.elements(definition.dependsOn, 'dependsOn')) {
    const known = others.map((other) => other.name);
    errors.check(known.includes(name as string), 'dependsOn', `${show(name)} is not one of ${known.join(', ')}`);
  }
  const theirs = { ...journeys, ...Object.assign({}, ...others.map((other) => other.journeys ?? {})) };
  const own = definition.journeys ?? {};
  for (const [name, journey] of errors.entries(own, 'journeys'))
    checkJourney(errors, journey, `journeys.${name}`, { name, isTaken: Object.hasOwn(theirs, name) });
  checkBackground(errors, definition.background);
  // The steps refer to journeys: to say anything about them the journeys must be sound.
  if (errors.all.length > 0) return errors.all;
  const all: Readonly<Record<string, Journey>> = { ...theirs, ...own };
  checkSteps(errors, definition.steps, all);
  if (errors.all.length === 0) checkCoverage(errors, definition as unknown as ServiceDefinition, others, all);
  return errors.all;
}

function checkNames(
  errors: ValidationErrors,
  { name, logName }: Record<string, unknown>,
  others: readonly ServiceDefinition[],
): void {
  const isName = typeof name === 'string' && NAME.test(name) && name.length <= 32;
  if (errors.check(isName, 'name', `${show(name)} is not a name; use lower case letters, digits and hyphens`)) {
    const isReserved = RESERVED.includes(name as string) || isOfEveryObject(name as string);
    const taken = isReserved || others.some((other) => other.name === name);
    errors.check(!taken, 'name', `${show(name)} is taken`);
  }
  const isLogName = typeof logName === 'string' && LOG_NAME.test(logName) && logName.length <= 48;
  if (
    errors.check(isLogName, 'logName', `${show(logName)} is not a name in the log; write for example "ShippingService"`)
  ) {
    const taken = logName === 'Supervisor' || others.some((other) => other.logName === logName);
    errors.check(!taken, 'logName', `${show(logName)} is taken`);
  }
}

function checkJourney(
  errors: ValidationErrors,
  journey: unknown,
  path: string,
  { name, isTaken }: { readonly name: string; readonly isTaken: boolean },
): void {
  if (!errors.check(!isOfEveryObject(name), path, OF_EVERY_OBJECT)) return;
  errors.check(!isTaken, path, 'a journey of this name exists');
  errors.check(!name.includes('.'), path, 'is invalid; use a name without "."');
  if (!errors.check(isObject(journey), path, `${show(journey)} is not a journey`)) return;
  const { perPage, actor, http, about, stages } = journey as Record<string, unknown>;
  errors.onlyKeys(journey as object, path, ['perPage', 'actor', 'http', 'about', 'stages']);
  errors.wholeNumber(perPage, `${path}.perPage`, 1, 200);
  errors.check(
    actor === 'customer' || actor === 'system',
    `${path}.actor`,
    `${show(actor)} is neither "customer" nor "system"`,
  );
  errors.check(
    about === undefined || about === 'recent-order' || about === 'past-order',
    `${path}.about`,
    `${show(about)} is neither "recent-order" nor "past-order"`,
  );
  const list = errors.entries(stages, `${path}.stages`);
  errors.check(list.length >= 1 && list.length <= 40, `${path}.stages`, `${list.length} stages; use 1 to 40`);
  for (const [stage, range] of list) {
    const [low, high] = Array.isArray(range) ? range : [];
    errors.check(!isOfEveryObject(stage), `${path}.stages.${stage}`, OF_EVERY_OBJECT);
    errors.check(/^[a-z_][\w-]*$/i.test(stage), `${path}.stages.${stage}`, 'is invalid; use a word');
    errors.wholeNumber(high, `${path}.stages.${stage}[1]`, 0, MAX_STAGE_MS);
    errors.wholeNumber(low, `${path}.stages.${stage}[0]`, 0, typeof high === 'number' ? high : MAX_STAGE_MS);
  }
  if (http === undefined) return;
  const isHttp = isObject(http) && typeof http.method === 'string' && /^[A-Z]+$/.test(http.method);
  if (!errors.check(isHttp, `${path}.http`, `${show(http)} is not { method, path }`)) return;
  const place = {
    journey: { ...(journey as unknown as Journey), http: undefined } as unknown as Journey,
    afterFailure: false,
  };
  checkPath(errors, (http as Record<string, unknown>).path, `${path}.http.path`, place);
}

function checkBackground(errors: ValidationErrors, background: unknown): void {
  if (!errors.check(isObject(background), 'background', `${show(background)} is not { perPage, good, bad }`)) return;
  errors.onlyKeys(background as object, 'background', ['perPage', 'good', 'bad']);
  const { perPage, good, bad } = background as Record<string, unknown>;
  errors.wholeNumber(perPage, 'background.perPage', 1, 200);
  const place = { journey: undefined, afterFailure: false };
  checkList(errors, good, 'background.good', { quality: 'good', mayFail: false, place });
  checkList(errors, bad, 'background.bad', { quality: 'bad', mayFail: false, place });
}

function checkSteps(errors: ValidationErrors, steps: unknown, journeys: Readonly<Record<string, Journey>>): void {
  for (const [key, step] of errors.entries(steps, 'steps')) {
    const path = `steps.${key}`;
    const [name = '', stage = ''] = key.split('.', 2);
    const journey = Object.hasOwn(journeys, name) ? journeys[name] : undefined;
    if (!journey) errors.add(path, `no such journey; there are ${Object.keys(journeys).join(', ')}`);
    else if (key !== `${name}.${stage}` || !Object.hasOwn(journey.stages, stage)) {
      errors.add(
        path,
        `no such stage; use ${Object.keys(journey.stages)
          .map((known) => `${name}.${known}`)
          .join(', ')}`,
      );
    } else if (errors.check(isObject(step), path, `${show(step)} is not a step`)) {
      checkStep(errors, step as Readonly<Record<string, unknown>>, path, journey);
    }
  }
}

function checkStep(
  errors: ValidationErrors,
  { good, bad, afterFailure, ...unknown }: Readonly<Record<string, unknown>>,
  path: string,
  journey: Journey,
): void {
  errors.onlyKeys({ good, bad, ...unknown }, path, ['good', 'bad', 'afterFailure']);
  checkList(errors, good, `${path}.good`, { quality: 'good', mayFail: false, place: { journey, afterFailure: false } });
  checkList(errors, bad, `${path}.bad`, { quality: 'bad', mayFail: true, place: { journey, afterFailure: false } });
  if (afterFailure === undefined) return;
  for (const [key, list] of errors.entries(afterFailure, `${path}.afterFailure`)) {
    const at = `${path}.afterFailure.${key}`;
    const isKnown = ['good', 'bad', 'dependency'].includes(key);
    if (!errors.check(isKnown, at, 'unknown; known here: good, bad, dependency')) continue;
    const quality = key === 'good' ? 'good' : 'bad';
    checkVariants(errors, list, at, { quality, mayFail: false, place: { journey, afterFailure: true } });
  }
}

/** A list of which some variant must apply in any case. */
function checkList(errors: ValidationErrors, list: unknown, path: string, context: ListContext): void {
  const variants = checkVariants(errors, list, path, context);
  const hasUnconditional = variants.some((variant) => isObject(variant) && variant.when === undefined);
  errors.check(hasUnconditional, path, 'needs at least one variant without "when"');
}

function checkVariants(
  errors: ValidationErrors,
  list: unknown,
  path: string,
  context: ListContext,
): readonly unknown[] {
  const variants = errors.elements(list, path);
  variants.forEach((variant, index) => {
    checkVariant(errors, variant, `${path}[${index}]`, context);
  });
  return variants;
}
