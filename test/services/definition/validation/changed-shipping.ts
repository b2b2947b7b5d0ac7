import { validateDefinition } from '../../../../services/definition/validation/validate-definition.ts';
import { loadBuiltIn } from '../../../../services/index.ts';
import { journeys } from '../../../../services/journeys.ts';
import shipping from '../../../fixtures/shipping.js';

const builtIn = await loadBuiltIn();

/** A place of the fixture by its keys, with slashes between: `steps/checkout.queue/good/0`; and what is put there. */
export type Change = readonly [path: string, value: unknown];

/** What is wrong with the fixture once these places are changed; `undefined` removes one. */
export function errorsAfter(...changes: readonly Change[]): readonly string[] {
  const copy = structuredClone(shipping) as unknown as Record<string, unknown>;
  for (const [path, value] of changes) change(copy, path, value);
  return validateDefinition(copy, builtIn, journeys);
}

function change(definition: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('/');
  const last = keys.pop() as string;
  let place = definition;
  for (const key of keys) place = place[key] as Record<string, unknown>;
  if (value === undefined) delete place[last];
  // Not assigned, which would set the prototype for the key `__proto__`.
  else Object.defineProperty(place, last, { value, enumerable: true, configurable: true, writable: true });
}
