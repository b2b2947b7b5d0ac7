import type { Journey } from '../definition.ts';
import { checkTimetable } from './check-timetable.ts';
import { checkPath } from './check-variant.ts';
import { isObject, show, type ValidationErrors } from './validation-errors.ts';
import { isOfEveryObject, OF_EVERY_OBJECT } from './value-names.ts';

const KEYS = ['perPage', 'everySeconds', 'atSeconds', 'actor', 'http', 'about', 'stages'];
const MAX_STAGES = 40;
const MAX_STAGE_MS = 60_000;

/** Checks a journey that a service adds to those of the shop. */
export function checkJourney(
  errors: ValidationErrors,
  journey: unknown,
  path: string,
  { name, isTaken }: { readonly name: string; readonly isTaken: boolean },
): void {
  if (!errors.check(!isOfEveryObject(name), path, OF_EVERY_OBJECT)) return;
  errors.check(!isTaken, path, 'a journey of this name exists');
  errors.check(!name.includes('.'), path, 'is invalid; use a name without "."');
  if (!errors.check(isObject(journey), path, `${show(journey)} is not a journey`)) return;
  const { actor, http, about, stages } = journey as Readonly<Record<string, unknown>>;
  errors.onlyKeys(journey as object, path, KEYS);
  checkFrequency(errors, journey as Readonly<Record<string, unknown>>, path);
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
  checkStages(errors, stages, `${path}.stages`);
  if (http === undefined) return;
  const isHttp = isObject(http) && typeof http.method === 'string' && /^[A-Z]+$/.test(http.method);
  if (!errors.check(isHttp, `${path}.http`, `${show(http)} is not { method, path }`)) return;
  // A path cannot name itself.
  const place = { journey: { ...(journey as unknown as Journey), http: undefined } as unknown as Journey };
  checkPath(errors, (http as Record<string, unknown>).path, `${path}.http.path`, { ...place, afterFailure: false });
}

/** Either it comes with traffic or it comes by the clock; then it concerns no customer. */
function checkFrequency(errors: ValidationErrors, journey: Readonly<Record<string, unknown>>, path: string): void {
  const { perPage, everySeconds, atSeconds, actor, about } = journey;
  if (everySeconds === undefined) {
    errors.check(atSeconds === undefined, `${path}.atSeconds`, 'given without everySeconds; add it');
    const needs = 'needs perPage, or everySeconds if it comes by the clock';
    if (errors.check(perPage !== undefined, path, needs)) errors.wholeNumber(perPage, `${path}.perPage`, 1, 200);
    return;
  }
  errors.check(perPage === undefined, `${path}.perPage`, 'given together with everySeconds; leave one of them out');
  errors.check(actor !== 'customer', `${path}.actor`, '"customer" is invalid with everySeconds; use "system"');
  errors.check(about === undefined, `${path}.about`, 'given together with everySeconds; leave one of them out');
  checkTimetable(errors, journey, path);
}

function checkStages(errors: ValidationErrors, stages: unknown, path: string): void {
  const list = errors.entries(stages, path);
  const isCount = list.length >= 1 && list.length <= MAX_STAGES;
  errors.check(isCount, path, `${list.length} stages; use 1 to ${MAX_STAGES}`);
  for (const [stage, range] of list) {
    const [low, high] = Array.isArray(range) ? range : [];
    errors.check(!isOfEveryObject(stage), `${path}.${stage}`, OF_EVERY_OBJECT);
    errors.check(/^[a-z_][\w-]*$/i.test(stage), `${path}.${stage}`, 'is invalid; use a word');
    errors.wholeNumber(high, `${path}.${stage}[1]`, 0, MAX_STAGE_MS);
    errors.wholeNumber(low, `${path}.${stage}[0]`, 0, typeof high === 'number' ? high : MAX_STAGE_MS);
  }
}
