import { describe, expect, test } from 'vitest';
import { validateDefinition } from '../../../../services/definition/validation/validate-definition.ts';
import { loadBuiltIn } from '../../../../services/index.ts';
import { journeys } from '../../../../services/journeys.ts';
import shipping from '../../../fixtures/shipping.js';

const builtIn = await loadBuiltIn();
const good = 'steps/checkout.queue/good/0';
const bad = 'steps/checkout.queue/bad/1';
const GOOD = 'steps.checkout.queue.good[0]';
const BAD = 'steps.checkout.queue.bad[1]';

/** A copy of the fixture with one place changed; `undefined` removes it. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(shipping) as unknown as Record<string, unknown>;
  const keys = path.split('/');
  const last = keys.pop() as string;
  let place = copy;
  for (const key of keys) place = place[key] as Record<string, unknown>;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

test('the fixture is valid', () => {
  expect(validateDefinition(shipping, builtIn, journeys)).toEqual([]);
});

test.each([undefined, null, 3, 'shipping', [], () => shipping])('%s is no definition', (value) => {
  expect(validateDefinition(value, builtIn, journeys)[0]).toMatch(
    /^the default export: .* is not a service definition$/,
  );
});

const INVALID = 'its value is invalid; use 1..3, 3~60, 0.50~99.00, a|b|c, hex8, max-9..-1 or percent(used,quota), once';
const INVALID_VALUES = [
  '',
  '2..1',
  '1.3',
  '1-3',
  'word',
  'a||b',
  'hex9',
  '1.00..2.00',
  '1~2.00',
  'percent(a)',
  'b+2..1',
];

describe('each error comes with the path to it', () => {
  test.each<readonly [path: string, value: unknown, expected: string | RegExp]>([
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
      'journeys/checkout',
      { perPage: 1, actor: 'system', stages: { a: [0, 1] } },
      'journeys.checkout: a journey of this name exists',
    ],
    ['journeys/carrier-pickup/perPage', 0, 'journeys.carrier-pickup.perPage: 0 is not a whole number from 1 to 200'],
    [
      'journeys/carrier-pickup/actor',
      'robot',
      'journeys.carrier-pickup.actor: "robot" is neither "customer" nor "system"',
    ],
    ['journeys/carrier-pickup/stages', {}, 'journeys.carrier-pickup.stages: 0 stages; use 1 to 40'],
    [
      'journeys/carrier-pickup/stages/load',
      [20, 10],
      'journeys.carrier-pickup.stages.load[0]: 20 is not a whole number from 0 to 10',
    ],
    ['journeys/carrier-pickup/stages/1', [0, 1], 'journeys.carrier-pickup.stages.1: is invalid; use a word'],
    ['journeys/carrier-pickup/stages/a.b', [0, 1], 'journeys.carrier-pickup.stages.a.b: is invalid; use a word'],
    [
      'journeys/a.b',
      { perPage: 1, actor: 'system', stages: { a: [0, 1] } },
      'journeys.a.b: is invalid; use a name without "."',
    ],
    [
      'journeys/carrier-pickup/http',
      { method: 'get', path: '/' },
      'journeys.carrier-pickup.http: {"method":"get","path":"/"} is not { method, path }',
    ],
    [
      'journeys/carrier-pickup/http',
      { method: 'GET', path: '/{order}' },
      'journeys.carrier-pickup.http.path: {order} has no meaning here',
    ],
    ['steps/chekout.queue', {}, /^steps\.chekout\.queue: no such journey; there are browse, /],
    ['steps/checkout', {}, /^steps\.checkout: no such stage; use checkout\.request, checkout\.reserve, /],
    ['steps/checkout.pack', {}, /^steps\.checkout\.pack: no such stage; use checkout\.request, checkout\.reserve, /],
    ['steps/checkout.queue.more', {}, /^steps\.checkout\.queue\.more: no such stage; use checkout\.request, /],
    ['steps/checkout.queue', 3, 'steps.checkout.queue: 3 is not a step'],
    ['steps/checkout.queue/good', [], 'steps.checkout.queue.good: needs at least one variant without "when"'],
    ['steps/checkout.queue/ok', [], 'steps.checkout.queue.ok: unknown; known here: good, bad, afterFailure'],
    ['steps/checkout.queue/bad', undefined, 'steps.checkout.queue.bad: nothing is not a list'],
    [
      'steps/checkout.queue/afterFailure/blamed',
      [],
      'steps.checkout.queue.afterFailure.blamed: unknown; known here: good, bad, dependency',
    ],
    [
      'steps/checkout.queue/afterFailure/dependency',
      undefined,
      'steps.checkout.queue.afterFailure.dependency: nothing applies after inventory being down',
    ],
    [
      'steps/checkout.queue/afterFailure/bad',
      undefined,
      'steps.checkout.queue.afterFailure.bad: nothing applies after api being down',
    ],
    [`${good}/level`, 'ERROR', `${GOOD}.level: "ERROR" is invalid; use DEBUG or INFO`],
    [`${bad}/level`, 'WARN', `${BAD}.level: "WARN" is invalid; use WARNING or ERROR`],
    [`${bad}/cause`, undefined, `${BAD}.cause: nothing is invalid; use for example "lock_timeout"`],
    [`${bad}/cause`, 'Label rejected', `${BAD}.cause: "Label rejected" is invalid; use for example "lock_timeout"`],
    [`${bad}/fails`, true, `${BAD}.fails: true is not a whole number from 400 to 599`],
    [`${bad}/fails`, 200, `${BAD}.fails: 200 is not a whole number from 400 to 599`],
    [`${bad}/status`, 503, `${BAD}.status: given together with fails; leave it out`],
    [
      'steps/checkout.queue/bad/0/status',
      1000,
      'steps.checkout.queue.bad[0].status: 1000 is not a whole number from 100 to 599',
    ],
    ['background/bad/1/status', 200, 'background.bad[1].status: 200 is invalid on an ERROR; use 400 to 599'],
    ['background/bad/1/fails', 500, 'background.bad[1].fails: only a bad variant of a step can end a journey'],
    [`${good}/status`, 503, `${GOOD}.status: 503 is invalid on a good line; use 100 to 499`],
    [`${good}/fails`, 500, `${GOOD}.fails: only a bad variant of a step can end a journey`],
    [`${good}/weight`, -1, `${GOOD}.weight: -1 is invalid; use a number above 0`],
    [`${good}/text`, '', `${GOOD}.text: "" is not a text`],
    [`${good}/text`, 'two\nlines', `${GOOD}.text: "two\\nlines" is not one line without control characters`],
    [
      `${good}/text`,
      'parcel {parcel}',
      `${GOOD}.text: {parcel} has no value; use {parcel:1..9} or a placeholder that every line has`,
    ],
    [`${good}/text`, 'after {failed.cause}', `${GOOD}.text: {failed.cause} has no meaning here`],
    [
      `${good}/text`,
      'parcel {user:1..2}',
      `${GOOD}.text: {user}: is a placeholder that every line has; use another name`,
    ],
    [`${good}/values`, { user: '1..2' }, `${GOOD}.values.user: is a placeholder that every line has; use another name`],
    [`${good}/text`, 'parcel {a:b+1..2}', `${GOOD}.text: {a}: "b" is not a number of this line`],
    [`${good}/text`, 'parcel {a:b+1..2} of {b:a+1..2}', `${GOOD}.text: {b}: "a" is not a number of this line`],
    [`${good}/values`, { a: 'percent(qty,b)' }, `${GOOD}.values.a: "b" is not a number of this line`],
    ...INVALID_VALUES.map((value) => [`${good}/text`, `parcel {a:${value}}`, `${GOOD}.text: {a}: ${INVALID}`] as const),
    [`${good}/text`, 'parcel {a:1..2} of {a:1..2}', `${GOOD}.text: {a}: ${INVALID}`],
    [`${good}/values`, { a: [1, 2, null] }, `${GOOD}.values.a: ${INVALID}`],
    [`${good}/values`, { a: {} }, `${GOOD}.values.a: ${INVALID}`],
    [
      `${good}/text`,
      'label printed within {limit} ms',
      `${GOOD}.text: {limit}: needs when: { minMs: 5 } or more: there is no limit below`,
    ],
    [`${good}/when`, { down: true }, `${GOOD}.when.down: unknown here; before a failure only minMs can be a condition`],
    [
      `${good}/colour`,
      1,
      `${GOOD}.colour: unknown; known here: level, text, cause, status, fails, weight, values, when`,
    ],
    [
      'steps/checkout.queue/afterFailure/good/0/text',
      'ended with {status}',
      /^steps\.checkout\.queue\.afterFailure\.good: a good line has \{status\} after /,
    ],
    ['background', undefined, 'background: nothing is not { perPage, good, bad }'],
    ['background/perPage', 2.5, 'background.perPage: 2.5 is not a whole number from 1 to 200'],
    ['background/good/0/text', 'took {took} ms', 'background.good[0].text: {took} has no meaning here'],
    [
      'background/good/0/text',
      'at most {limit} ms',
      'background.good[0].text: {limit}: has no meaning here; give it a value, for example {limit:50|100}',
    ],
  ])('%s = %j', (path, value, expected) => {
    const [error] = validateDefinition(changed(path, value), builtIn, journeys);
    if (typeof expected === 'string') expect(error).toBe(expected);
    else expect(error).toMatch(expected);
  });
});
