import type { Journey, ServiceDefinition, Step } from '../definition.ts';
import { checkCoverage } from './coverage.ts';
import { isOfEveryObject, OF_EVERY_OBJECT } from './names.ts';
import { isObject, show, ValidationErrors } from './validation-errors.ts';
import { checkText, checkVariant, LISTS, type ListName } from './variant.ts';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LOG_NAME = /^[A-Z][A-Za-z0-9]*$/;
/** Words that commands use for something else. */
const RESERVED = ['all', 'get', 'json', 'log-file', 'help', 'version', 'supervisor'];
const MAX_STAGE_MS = 60_000;

/**
 * What is wrong with a service definition, each with the path to it; empty when nothing is. `others` are the services
 * before it, already checked: on those it may depend.
 */
export function validateDefinition(
  definition: unknown,
  others: readonly ServiceDefinition[],
  stories: Readonly<Record<string, Journey>>,
): readonly string[] {
  const faults = new ValidationErrors();
  if (!isObject(definition)) return [`the default export: ${show(definition)} is not a service definition`];
  faults.onlyKeys(definition, 'definition', ['name', 'logName', 'dependsOn', 'journeys', 'steps', 'background']);
  checkNames(faults, definition, others);
  for (const name of faults.elements(definition.dependsOn, 'dependsOn')) {
    const known = others.map((other) => other.name);
    faults.check(known.includes(name as string), 'dependsOn', `${show(name)} is not one of ${known.join(', ')}`);
  }
  const theirs = { ...stories, ...Object.assign({}, ...others.map((other) => other.journeys ?? {})) };
  const own = definition.journeys ?? {};
  for (const [name, journey] of faults.entries(own, 'journeys'))
    checkJourney(faults, journey, `journeys.${name}`, { name, isTaken: Object.hasOwn(theirs, name) });
  checkBackground(faults, definition.background);
  // The steps refer to journeys: to say anything about them the journeys must be sound.
  if (faults.all.length > 0) return faults.all;
  const journeys: Readonly<Record<string, Journey>> = { ...theirs, ...own };
  checkSteps(faults, definition.steps, journeys);
  if (faults.all.length === 0) checkCoverage(faults, definition as unknown as ServiceDefinition, others, journeys);
  return faults.all;
}

function checkNames(
  faults: ValidationErrors,
  { name, logName }: Record<string, unknown>,
  others: readonly ServiceDefinition[],
): void {
  const isName = typeof name === 'string' && NAME.test(name) && name.length <= 32;
  if (faults.check(isName, 'name', `${show(name)} is not a name; use lower case letters, digits and hyphens`)) {
    const isReserved = RESERVED.includes(name as string) || isOfEveryObject(name as string);
    const taken = isReserved || others.some((other) => other.name === name);
    faults.check(!taken, 'name', `${show(name)} is taken`);
  }
  const isLogName = typeof logName === 'string' && LOG_NAME.test(logName) && logName.length <= 48;
  if (
    faults.check(isLogName, 'logName', `${show(logName)} is not a name in the log; write for example "ShippingService"`)
  ) {
    const taken = logName === 'Supervisor' || others.some((other) => other.logName === logName);
    faults.check(!taken, 'logName', `${show(logName)} is taken`);
  }
}

function checkJourney(
  faults: ValidationErrors,
  journey: unknown,
  path: string,
  { name, isTaken }: { readonly name: string; readonly isTaken: boolean },
): void {
  if (!faults.check(!isOfEveryObject(name), path, OF_EVERY_OBJECT)) return;
  faults.check(!isTaken, path, 'a journey of this name exists');
  if (!faults.check(isObject(journey), path, `${show(journey)} is not a journey`)) return;
  const { perPage, actor, http, about, stages } = journey as Record<string, unknown>;
  faults.onlyKeys(journey as object, path, ['perPage', 'actor', 'http', 'about', 'stages']);
  faults.wholeNumber(perPage, `${path}.perPage`, 1, 200);
  faults.check(
    actor === 'customer' || actor === 'system',
    `${path}.actor`,
    `${show(actor)} is neither "customer" nor "system"`,
  );
  faults.check(
    about === undefined || about === 'recent-order' || about === 'past-order',
    `${path}.about`,
    `${show(about)} is neither "recent-order" nor "past-order"`,
  );
  const list = faults.entries(stages, `${path}.stages`);
  faults.check(list.length >= 1 && list.length <= 40, `${path}.stages`, `${list.length} stages; use 1 to 40`);
  for (const [stage, range] of list) {
    const [low, high] = Array.isArray(range) ? range : [];
    faults.check(!isOfEveryObject(stage), `${path}.stages.${stage}`, OF_EVERY_OBJECT);
    faults.check(!/^\d+$/.test(stage), `${path}.stages.${stage}`, 'a number loses its place in the order; take a word');
    faults.wholeNumber(high, `${path}.stages.${stage}[1]`, 0, MAX_STAGE_MS);
    faults.wholeNumber(low, `${path}.stages.${stage}[0]`, 0, typeof high === 'number' ? high : MAX_STAGE_MS);
  }
  if (http === undefined) return;
  const holds = isObject(http) && typeof http.method === 'string' && /^[A-Z]+$/.test(http.method);
  if (!faults.check(holds, `${path}.http`, `${show(http)} is not { method, path }`)) return;
  const place = {
    journey: { ...(journey as unknown as Journey), http: undefined } as unknown as Journey,
    afterFailure: false,
  };
  checkText(faults, (http as Record<string, unknown>).path, `${path}.http.path`, [], place);
}

function checkBackground(faults: ValidationErrors, background: unknown): void {
  if (!faults.check(isObject(background), 'background', `${show(background)} is not { perPage, ok, trouble }`)) return;
  const { perPage, ...lists } = background as Record<string, unknown>;
  faults.wholeNumber(perPage, 'background.perPage', 1, 200);
  checkLists(faults, lists, 'background', undefined, ['ok', 'trouble']);
}

function checkSteps(faults: ValidationErrors, steps: unknown, journeys: Readonly<Record<string, Journey>>): void {
  for (const [name, stages] of faults.entries(steps, 'steps')) {
    const path = `steps.${name}`;
    const journey = Object.hasOwn(journeys, name) ? journeys[name] : undefined;
    if (!journey) {
      faults.add(path, `no such journey; there are ${Object.keys(journeys).join(', ')}`);
      continue;
    }
    for (const [stage, step] of faults.entries(stages, path)) {
      const known = Object.keys(journey.stages);
      faults.check(known.includes(stage), `${path}.${stage}`, `no such stage; ${name} has ${known.join(', ')}`);
      if (!faults.check(isObject(step), `${path}.${stage}`, `${show(step)} is not a step`)) continue;
      checkLists(faults, step as object, `${path}.${stage}`, journey, Object.keys(LISTS) as ListName[]);
    }
  }
}

function checkLists(
  faults: ValidationErrors,
  lists: object,
  path: string,
  journey: Journey | undefined,
  allowed: readonly ListName[],
): void {
  faults.onlyKeys(lists, path, allowed);
  for (const name of allowed) {
    const list = (lists as Step)[name];
    if (list === undefined && name !== 'ok' && name !== 'trouble') continue;
    const at = `${path}.${name}`;
    const variants = faults.elements(list, at);
    variants.forEach((variant, index) => {
      checkVariant(faults, variant, `${at}[${index}]`, name, { journey, afterFailure: false });
    });
    if (name !== 'ok' && name !== 'trouble') continue;
    const always = variants.some((variant) => isObject(variant) && variant.if === undefined);
    faults.check(always, at, 'needs at least one variant without "if"');
  }
}
