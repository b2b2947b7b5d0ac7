import { describe, expect, test } from 'vitest';
import { validateDefinition } from '../../../../services/definition/validation/validate.ts';
import { loadBuiltIn } from '../../../../services/index.ts';
import { journeys } from '../../../../services/journeys.ts';
import shipping from '../../../fixtures/shipping.js';

const builtIn = await loadBuiltIn();
const variant = 'steps.checkout.queue.ok.0';
const trouble = 'steps.checkout.queue.trouble.1';

/** A copy of the fixture with one place changed; `undefined` removes it. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(shipping) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() as string;
  let place = copy;
  for (const key of keys) place = place[key] as Record<string, unknown>;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

test('the fixture has no fault', () => {
  expect(validateDefinition(shipping, builtIn, journeys)).toEqual([]);
});

test.each([undefined, null, 3, 'shipping', [], () => shipping])('%s is no definition', (value) => {
  expect(validateDefinition(value, builtIn, journeys)[0]).toMatch(
    /^the default export: .* is not a service definition$/,
  );
});

describe('each fault is told with the path to it', () => {
  test.each([
    ['name', undefined, 'name: nothing is not a name; use lower case letters, digits and hyphens'],
    ['name', 'Shipping', 'name: "Shipping" is not a name; use lower case letters, digits and hyphens'],
    ['name', 'api', 'name: "api" is taken'],
    ['name', 'all', 'name: "all" is taken'],
    [
      'logName',
      'shipping service',
      'logName: "shipping service" is not a name in the log; write for example "ShippingService"',
    ],
    ['logName', 'ApiService', 'logName: "ApiService" is taken'],
    ['logName', 'Supervisor', 'logName: "Supervisor" is taken'],
    ['dependsOn', undefined, 'dependsOn: nothing is not a list'],
    ['dependsOn', ['warehouse'], 'dependsOn: "warehouse" is not one of api, auth, inventory, notification, payment'],
    ['colour', 'red', 'definition.colour: unknown; known here: name, logName, dependsOn, journeys, steps, background'],
    [
      'journeys.checkout',
      { perPage: 1, actor: 'system', stages: { a: [0, 1] } },
      'journeys.checkout: a journey of this name exists',
    ],
    ['journeys.carrier-pickup.perPage', 0, 'journeys.carrier-pickup.perPage: 0 is not a whole number from 1 to 200'],
    [
      'journeys.carrier-pickup.actor',
      'robot',
      'journeys.carrier-pickup.actor: "robot" is neither "customer" nor "system"',
    ],
    ['journeys.carrier-pickup.stages', {}, 'journeys.carrier-pickup.stages: 0 stages; use 1 to 40'],
    [
      'journeys.carrier-pickup.stages.load',
      [20, 10],
      'journeys.carrier-pickup.stages.load[0]: 20 is not a whole number from 0 to 10',
    ],
    [
      'journeys.carrier-pickup.stages.1',
      [0, 1],
      'journeys.carrier-pickup.stages.1: a number loses its place in the order; take a word',
    ],
    [
      'journeys.carrier-pickup.http',
      { method: 'get', path: '/' },
      'journeys.carrier-pickup.http: {"method":"get","path":"/"} is not { method, path }',
    ],
    [
      'journeys.carrier-pickup.http',
      { method: 'GET', path: '/{order}' },
      'journeys.carrier-pickup.http.path: {order} has no meaning here',
    ],
    ['steps.chekout', {}, /^steps\.chekout: no such journey; there are browse, /],
    ['steps.checkout.pack', {}, /^steps\.checkout\.pack: no such stage; checkout has request, reserve, /],
    ['steps.checkout.queue.ok', [], 'steps.checkout.queue.ok: needs at least one variant without "if"'],
    ['steps.checkout.queue.okay', [], /^steps\.checkout\.queue\.okay: unknown; known here: ok, trouble, /],
    ['steps.checkout.queue.trouble', undefined, 'steps.checkout.queue.trouble: nothing is not a list'],
    [
      'steps.checkout.queue.blamed',
      undefined,
      'steps.checkout.queue.blamed: nothing applies after inventory being down',
    ],
    [
      'steps.checkout.queue.aftermath',
      undefined,
      'steps.checkout.queue.aftermath: nothing applies after api being down',
    ],
    [
      `${variant}.level`,
      'ERROR',
      'steps.checkout.queue.ok[0].level: "ERROR" is not a level of a good line; use DEBUG or INFO',
    ],
    [
      `${trouble}.level`,
      'WARN',
      'steps.checkout.queue.trouble[1].level: "WARN" is not a level of a bad line; use WARNING or ERROR',
    ],
    [
      `${trouble}.cause`,
      undefined,
      'steps.checkout.queue.trouble[1].cause: nothing is not a cause; write for example "lock_timeout"',
    ],
    [
      `${trouble}.cause`,
      'Label rejected',
      'steps.checkout.queue.trouble[1].cause: "Label rejected" is not a cause; write for example "lock_timeout"',
    ],
    [`${trouble}.status`, 200, 'steps.checkout.queue.trouble[1].status: 200 on a line of level ERROR'],
    [`${trouble}.status`, undefined, 'steps.checkout.queue.trouble[1].status: nothing; say with which status it fails'],
    [`${variant}.status`, 503, 'steps.checkout.queue.ok[0].status: 503 on a good line'],
    [`${variant}.fails`, true, 'steps.checkout.queue.ok[0].fails: only a variant of trouble can end a journey'],
    [`${variant}.weight`, -1, 'steps.checkout.queue.ok[0].weight: -1 is not a number above 0'],
    [`${variant}.text`, '', 'steps.checkout.queue.ok[0].text: "" is not a text'],
    [
      `${variant}.text`,
      'two\nlines',
      'steps.checkout.queue.ok[0].text: "two\\nlines" is not one line without control characters',
    ],
    [
      `${variant}.text`,
      'parcel {parcel}',
      'steps.checkout.queue.ok[0].text: {parcel} is neither drawn in "with" nor one that every line has',
    ],
    [`${variant}.text`, 'after {failed.cause}', 'steps.checkout.queue.ok[0].text: {failed.cause} has no meaning here'],
    [
      `${variant}.with`,
      { user: [1, 2] },
      'steps.checkout.queue.ok[0].with.user: is a placeholder that every line has; use another name',
    ],
    [`${variant}.with`, { a: { plus: ['b', 1, 2] } }, 'steps.checkout.queue.ok[0].with.a: "b" is not an earlier value'],
    [
      `${variant}.with`,
      { a: [2, 1] },
      'steps.checkout.queue.ok[0].with.a: [2,1] is neither [low, high] nor a list of words',
    ],
    [
      `${variant}.with`,
      { a: { gauss: 3 } },
      'steps.checkout.queue.ok[0].with.a.gauss: unknown; known here: oneOf, skew, plus, limit, percent, money, hex',
    ],
    [
      `${variant}.with`,
      { a: { limit: 'took' } },
      'steps.checkout.queue.ok[0].with.a: a limit of took needs "if: { took: 5 }" or more: there is none below',
    ],
    [
      `${variant}.if`,
      { down: true },
      'steps.checkout.queue.ok[0].if.down: unknown here; before a failure only took can be a condition',
    ],
    [
      `${variant}.colour`,
      1,
      'steps.checkout.queue.ok[0].colour: unknown; known here: level, text, cause, status, fails, weight, with, if',
    ],
    [
      'steps.checkout.queue.failed.0.text',
      'ended with {status}',
      /^steps\.checkout\.queue\.failed: a good line tells \{status\} after /,
    ],
    ['background', undefined, 'background: nothing is not { perPage, ok, trouble }'],
    ['background.perPage', 2.5, 'background.perPage: 2.5 is not a whole number from 1 to 200'],
    ['background.ok.0.text', 'took {took} ms', 'background.ok[0].text: {took} has no meaning here'],
  ])('%s = %j', (path, value, expected) => {
    const [fault] = validateDefinition(changed(path, value), builtIn, journeys);
    if (typeof expected === 'string') expect(fault).toBe(expected);
    else expect(fault).toMatch(expected);
  });
});
