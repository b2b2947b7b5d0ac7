import { PHASE_NAMES, type PhaseName } from '../../shared/incident.ts';
import { isObject, show, ValidationErrors } from '../definition/validation/validation-errors.ts';
import type { Catalog, CompiledService } from '../simulation/catalog.ts';
import { FAULT_KINDS, type IncidentType } from './incident-type.ts';

const KEYS = [
  'name',
  'title',
  'shows',
  'root',
  'isOutage',
  'isBroughtByRelease',
  'phases',
  'redHerrings',
  'difficulty',
];
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const MAX_MINUTES = 1440;
const MAX_OFFSET_MINUTES = 10_080;

/**
 * Checks an incident type.
 * @param type any value
 * @param others those before it in the catalogue
 * @returns what is wrong, each with the path to it; empty for a valid type
 */
export function validateIncidentType(
  type: unknown,
  others: readonly IncidentType[],
  catalog: Catalog,
): readonly string[] {
  const errors = new ValidationErrors();
  if (!errors.check(isObject(type), 'incident', `${show(type)} is not an incident type`)) return errors.all;
  const {
    name,
    title,
    shows,
    root,
    isOutage,
    isBroughtByRelease,
    phases,
    redHerrings = [],
    difficulty,
  } = type as Readonly<Record<string, unknown>>;
  errors.onlyKeys(type as object, 'incident', KEYS);
  const isName = typeof name === 'string' && NAME.test(name);
  if (errors.check(isName, 'name', `${show(name)} is no name; use lower case and hyphens, for example "disk-full"`)) {
    errors.check(!others.some((other) => other.name === name), 'name', `${show(name)} is taken`);
  }
  checkText(errors, title, 'title');
  checkText(errors, shows, 'shows');
  errors.check([1, 2, 3].includes(difficulty as number), 'difficulty', `${show(difficulty)} is not 1, 2 or 3`);
  checkFlag(errors, isOutage, 'isOutage');
  checkFlag(errors, isBroughtByRelease, 'isBroughtByRelease');
  const service = root === undefined ? undefined : checkRoot(errors, root, isOutage === true, catalog);
  checkPhases(errors, phases, service);
  for (const [index, herring] of errors.elements(redHerrings, 'redHerrings').entries()) {
    checkRedHerring(errors, herring, `redHerrings[${index}]`, catalog);
  }
  return errors.all;
}

/** @returns the service, if there is one of that name */
function checkRoot(
  errors: ValidationErrors,
  root: unknown,
  isOutage: boolean,
  catalog: Catalog,
): CompiledService | undefined {
  if (!errors.check(isObject(root), 'root', `${show(root)} is not { service, cause, component, fault }`))
    return undefined;
  const { service: name, cause, component, fault } = root as Readonly<Record<string, unknown>>;
  errors.onlyKeys(root as object, 'root', ['service', 'cause', 'component', 'fault']);
  checkText(errors, component, 'root.component');
  const isKnown = FAULT_KINDS.some((kind) => kind === fault);
  errors.check(isKnown, 'root.fault', `${show(fault)} is unknown; use ${FAULT_KINDS.join(', ')}`);
  const service = checkService(errors, name, 'root.service', catalog);
  if (service && !isOutage) checkCause(errors, cause, 'root.cause', service);
  return service;
}

function checkPhases(errors: ValidationErrors, phases: unknown, service: CompiledService | undefined): void {
  const entries = errors.entries(phases, 'phases');
  errors.check(
    entries.some(([name]) => name === 'plateau'),
    'phases',
    'has no plateau; add { plateau: { minutes: 10 } }',
  );
  for (const [name, phase] of entries) {
    const path = `phases.${name}`;
    const isName = PHASE_NAMES.includes(name as PhaseName);
    if (!errors.check(isName, path, `unknown; known here: ${PHASE_NAMES.join(', ')}`)) continue;
    if (!errors.check(isObject(phase), path, `${show(phase)} is not { minutes, cause, share }`)) continue;
    const { minutes, cause, share } = phase as Readonly<Record<string, unknown>>;
    errors.onlyKeys(phase as object, path, ['minutes', 'cause', 'share']);
    checkMinutes(errors, minutes, `${path}.minutes`);
    if (cause !== undefined && service) checkCause(errors, cause, `${path}.cause`, service);
    errors.check(
      cause === undefined || name === 'precursor',
      `${path}.cause`,
      'only a precursor has a cause of its own',
    );
    if (share === undefined) continue;
    const isShares = Array.isArray(share) ? share.length === 2 && share.every(isShare) : isShare(share);
    errors.check(isShares, `${path}.share`, `${show(share)} is neither a share from 0 to 1 nor two of them`);
  }
}

function checkRedHerring(errors: ValidationErrors, herring: unknown, path: string, catalog: Catalog): void {
  if (!errors.check(isObject(herring), path, `${show(herring)} is not { service, atMinute, minutes, why }`)) return;
  const { service: name, cause, atMinute, minutes, share = 0, why } = herring as Readonly<Record<string, unknown>>;
  errors.onlyKeys(herring as object, path, ['service', 'cause', 'atMinute', 'minutes', 'share', 'why']);
  const service = checkService(errors, name, `${path}.service`, catalog);
  if (service && cause !== undefined) checkCause(errors, cause, `${path}.cause`, service);
  const isOffset = typeof atMinute === 'number' && Math.abs(atMinute) <= MAX_OFFSET_MINUTES;
  errors.check(isOffset, `${path}.atMinute`, `${show(atMinute)} is not a number of minutes within a week`);
  checkMinutes(errors, minutes, `${path}.minutes`);
  errors.check(isShare(share), `${path}.share`, `${show(share)} is not a share from 0 to 1`);
  checkText(errors, why, `${path}.why`);
}

function checkService(
  errors: ValidationErrors,
  name: unknown,
  path: string,
  { services }: Catalog,
): CompiledService | undefined {
  const service = services.find((candidate) => candidate.name === name);
  const names = services.map((candidate) => candidate.name).join(', ');
  errors.check(service !== undefined, path, `${show(name)} is no service; use ${names}`);
  return service;
}

function checkCause(errors: ValidationErrors, cause: unknown, path: string, { name, state }: CompiledService): void {
  const causes = state.lasting.map((fault) => fault.cause);
  const isKnown = causes.includes(cause as string);
  errors.check(isKnown, path, `${show(cause)} is no lasting fault of ${name}; use ${causes.join(', ')}`);
}

function checkMinutes(errors: ValidationErrors, minutes: unknown, path: string): void {
  const isIn = typeof minutes === 'number' && minutes > 0 && minutes <= MAX_MINUTES;
  errors.check(isIn, path, `${show(minutes)} is not a number of minutes above 0, up to ${MAX_MINUTES}`);
}

function checkText(errors: ValidationErrors, text: unknown, path: string): void {
  errors.check(typeof text === 'string' && text.trim() !== '', path, `${show(text)} is not a text`);
}

function checkFlag(errors: ValidationErrors, flag: unknown, path: string): void {
  errors.check(flag === undefined || flag === true, path, `${show(flag)} is not true; leave it out otherwise`);
}

function isShare(share: unknown): boolean {
  return typeof share === 'number' && share >= 0 && share <= 1;
}
