import { MAX_VARIANTS } from '../../simulation/choice.ts';
import type { Journey, ServiceDefinition } from '../definition.ts';
import { checkFaultsAreTold } from './check-fault.ts';
import { checkJourney } from './check-journey.ts';
import { checkState, type OwnNames } from './check-state.ts';
import { checkTimetable } from './check-timetable.ts';
import { checkVariant } from './check-variant.ts';
import { checkCoverage } from './coverage.ts';
import type { ListContext } from './list-context.ts';
import { isObject, show, ValidationErrors } from './validation-errors.ts';
import { isOfEveryObject, OF_EVERY_OBJECT } from './value-names.ts';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LOG_NAME = /^[A-Z][A-Za-z0-9]*$/;
/** Words that commands use for something else. */
const RESERVED = ['all', 'get', 'json', 'log-file', 'help', 'version', 'supervisor'];
const STATE_KEYS = ['constants', 'gauges', 'targets', 'faults'];
const KEYS = ['name', 'logName', 'dependsOn', 'journeys', ...STATE_KEYS, 'steps', 'background'];

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
  errors.onlyKeys(definition, 'definition', KEYS);
  checkNames(errors, definition, others);
  for (const name of errors.elements(definition.dependsOn, 'dependsOn')) {
    const known = others.map((other) => other.name);
    errors.check(known.includes(name as string), 'dependsOn', `${show(name)} is not one of ${known.join(', ')}`);
  }
  const theirs = { ...journeys, ...Object.assign({}, ...others.map((other) => other.journeys ?? {})) };
  const own = definition.journeys ?? {};
  for (const [name, journey] of errors.entries(own, 'journeys'))
    checkJourney(errors, journey, `journeys.${name}`, { name, isTaken: Object.hasOwn(theirs, name) });
  const state = checkState(errors, definition);
  checkBackground(errors, definition.background, state);
  // The steps refer to journeys: to say anything about them the journeys must be sound.
  if (errors.all.length > 0) return errors.all;
  const all: Readonly<Record<string, Journey>> = { ...theirs, ...own };
  checkSteps(errors, definition.steps, all, state);
  if (errors.all.length > 0) return errors.all;
  const sound = definition as unknown as ServiceDefinition;
  checkFaultsAreTold(errors, sound);
  checkCoverage(errors, sound, others, all, state);
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

function checkBackground(errors: ValidationErrors, background: unknown, own: OwnNames): void {
  if (!errors.check(isObject(background), 'background', `${show(background)} is not { perPage, good, bad }`)) return;
  const { perPage, good, bad, scheduled = {} } = background as Record<string, unknown>;
  errors.onlyKeys(background as object, 'background', ['perPage', 'good', 'bad', 'scheduled']);
  errors.wholeNumber(perPage, 'background.perPage', 1, 200);
  checkOwnLines(errors, { good, bad }, 'background', false, own);
  for (const [name, line] of errors.entries(scheduled, 'background.scheduled')) {
    const path = `background.scheduled.${name}`;
    errors.check(!isOfEveryObject(name), path, OF_EVERY_OBJECT);
    if (!errors.check(isObject(line), path, `${show(line)} is not { everySeconds, good, bad }`)) continue;
    errors.onlyKeys(line as object, path, ['everySeconds', 'atSeconds', 'good', 'bad']);
    checkTimetable(errors, line as Record<string, unknown>, path);
    checkOwnLines(errors, line as Record<string, unknown>, path, true, own);
  }
}

/** Lines that belong to no journey. */
function checkOwnLines(
  errors: ValidationErrors,
  { good, bad }: Readonly<Record<string, unknown>>,
  path: string,
  isScheduled: boolean,
  own: OwnNames,
): void {
  const place = { journey: undefined, afterFailure: false };
  const common = { mayFail: false, place, maxMs: 0, isScheduled, own };
  checkList(errors, good, `${path}.good`, { ...common, quality: 'good' });
  checkList(errors, bad, `${path}.bad`, { ...common, quality: 'bad' });
}

function checkSteps(
  errors: ValidationErrors,
  steps: unknown,
  journeys: Readonly<Record<string, Journey>>,
  own: OwnNames,
): void {
  for (const [key, step] of errors.entries(steps, 'steps')) {
    const path = `steps.${key}`;
    const [name = '', stage = ''] = key.split('.', 2);
    const journey = Object.hasOwn(journeys, name) ? journeys[name] : undefined;
    if (!journey) errors.add(path, `no such journey; there are ${Object.keys(journeys).join(', ')}`);
    else if (key !== `${name}.${stage}` || !Object.hasOwn(journey.stages, stage)) {
      const known = Object.keys(journey.stages).map((other) => `${name}.${other}`);
      errors.add(path, `no such stage; use ${known.join(', ')}`);
    } else if (errors.check(isObject(step), path, `${show(step)} is not a step`)) {
      const maxMs = journey.stages[stage]?.[1] as number;
      checkStep(errors, step as Readonly<Record<string, unknown>>, path, { journey, maxMs, own });
    }
  }
}

function checkStep(
  errors: ValidationErrors,
  { good, bad, afterFailure, ...unknown }: Readonly<Record<string, unknown>>,
  path: string,
  { journey, maxMs, own }: { readonly journey: Journey; readonly maxMs: number; readonly own: OwnNames },
): void {
  errors.onlyKeys({ good, bad, ...unknown }, path, ['good', 'bad', 'afterFailure']);
  const common = { maxMs, own, isScheduled: false };
  const reached = { ...common, mayFail: true, place: { journey, afterFailure: false } };
  checkList(errors, good, `${path}.good`, { ...reached, quality: 'good' });
  checkList(errors, bad, `${path}.bad`, { ...reached, quality: 'bad' });
  if (afterFailure === undefined) return;
  for (const [key, list] of errors.entries(afterFailure, `${path}.afterFailure`)) {
    const at = `${path}.afterFailure.${key}`;
    const isKnown = ['good', 'bad', 'dependency'].includes(key);
    if (!errors.check(isKnown, at, 'unknown; known here: good, bad, dependency')) continue;
    const quality = key === 'good' ? 'good' : 'bad';
    checkVariants(errors, list, at, { ...common, quality, mayFail: false, place: { journey, afterFailure: true } });
  }
}

/** A list of which some variant must apply in any case. */
function checkList(errors: ValidationErrors, list: unknown, path: string, context: ListContext): void {
  const variants = checkVariants(errors, list, path, context);
  const { lasting, personal } = context.own;
  const appliesAlways = ({ when, text, values, cause }: Readonly<Record<string, unknown>>): boolean => {
    const isOfFault = [...lasting, ...personal].includes(cause as string);
    const hasLimit = String(text).includes('{limit}') && !(isObject(values) && Object.hasOwn(values, 'limit'));
    return when === undefined && !isOfFault && !hasLimit;
  };
  const advice = 'needs a variant that always applies: without "when", {limit} and a cause listed in faults';
  errors.check(
    variants.some((variant) => isObject(variant) && appliesAlways(variant)),
    path,
    advice,
  );
}

function checkVariants(
  errors: ValidationErrors,
  list: unknown,
  path: string,
  context: ListContext,
): readonly unknown[] {
  const variants = errors.elements(list, path);
  errors.check(variants.length <= MAX_VARIANTS, path, `${variants.length} variants; use at most ${MAX_VARIANTS}`);
  variants.forEach((variant, index) => {
    checkVariant(errors, variant, `${path}[${index}]`, context);
  });
  return variants;
}
