import { describe, expect, test } from 'vitest';
import { validateDefinition } from '../../../../services/definition/validation/validate-definition.ts';
import { loadBuiltIn } from '../../../../services/index.ts';
import { journeys } from '../../../../services/journeys.ts';
import shipping from '../../../fixtures/shipping.js';
import { errorsAfter } from './changed-shipping.ts';

const builtIn = await loadBuiltIn();
const good = 'steps/checkout.queue/good/0';
const bad = 'steps/checkout.queue/bad/1';
const SCHEDULED = 'background/scheduled/queue report';
const AT_SCHEDULED = 'background.scheduled.queue report';
const STEP = {
  good: [{ level: 'INFO', text: 'done' }],
  bad: [{ level: 'WARNING', cause: 'late', text: 'late' }],
};
const GOOD = 'steps.checkout.queue.good[0]';
const BAD = 'steps.checkout.queue.bad[1]';

test('the fixture is valid', () => {
  expect(validateDefinition(shipping, builtIn, journeys)).toEqual([]);
});

test.each([undefined, null, 3, 'shipping', [], () => shipping])('%s is no definition', (value) => {
  expect(validateDefinition(value, builtIn, journeys)[0]).toMatch(
    /^the default export: .* is not a service definition$/,
  );
});

const ALWAYS = 'needs a variant that always applies: without "when", {limit} and a cause listed in faults';

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
    [
      'colour',
      'red',
      'definition.colour: unknown; known here: name, logName, dependsOn, journeys, constants, gauges, targets, faults, steps, background',
    ],
    [
      'journeys/checkout',
      { perPage: 1, actor: 'system', stages: { a: [0, 1] } },
      'journeys.checkout: a journey of this name exists',
    ],
    [
      'journeys/carrier-pickup',
      { perPage: 0, actor: 'system', stages: { announce: [0, 1], load: [0, 1] } },
      'journeys.carrier-pickup.perPage: 0 is not a whole number from 1 to 200',
    ],
    ['journeys/carrier-pickup', 'hourly', 'journeys.carrier-pickup: "hourly" is not a journey'],
    [
      'journeys/carrier-pickup',
      { actor: 'system', stages: { announce: [0, 1], load: [0, 1] } },
      'journeys.carrier-pickup: needs perPage, or everySeconds if it comes by the clock',
    ],
    [
      'journeys/carrier-pickup/everySeconds',
      undefined,
      'journeys.carrier-pickup.atSeconds: given without everySeconds; add it',
    ],
    [
      'journeys/carrier-pickup/perPage',
      3,
      'journeys.carrier-pickup.perPage: given together with everySeconds; leave one of them out',
    ],
    [
      'journeys/carrier-pickup/actor',
      'customer',
      'journeys.carrier-pickup.actor: "customer" is invalid with everySeconds; use "system"',
    ],
    [
      'journeys/carrier-pickup/about',
      'past-order',
      'journeys.carrier-pickup.about: given together with everySeconds; leave one of them out',
    ],
    [
      'journeys/parcel-lost',
      { perPage: 1, actor: 'customer', about: 'order', stages: { a: [0, 1] } },
      'journeys.parcel-lost.about: "order" is neither "recent-order" nor "past-order"',
    ],
    [
      'journeys/carrier-pickup/places',
      'order',
      'journeys.carrier-pickup.places: unknown; known here: perPage, everySeconds, atSeconds, actor, http, about, stages',
    ],
    [
      'journeys/carrier-pickup/everySeconds',
      7,
      'journeys.carrier-pickup.everySeconds: 7 is not a period; use seconds that divide 600, or a multiple of 600 that divides 86400, for example 30',
    ],
    [
      'journeys/carrier-pickup/atSeconds',
      3600,
      'journeys.carrier-pickup.atSeconds: 3600 is not a whole number from 0 to 3599',
    ],
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
    [
      'journeys/carrier-pickup/http',
      { method: 'GET', path: '/{pickup:1..9}' },
      'journeys.carrier-pickup.http.path: {pickup} has no value; use a placeholder that every line has',
    ],
    [
      'journeys/carrier-pickup/http',
      { method: 'GET', path: '/{queued}' },
      'journeys.carrier-pickup.http.path: {queued} has no value; use a placeholder that every line has',
    ],
    ['steps/chekout.queue', {}, /^steps\.chekout\.queue: no such journey; there are browse, /],
    ['steps/checkout', {}, /^steps\.checkout: no such stage; use checkout\.request, checkout\.reserve, /],
    ['steps/checkout.pack', {}, /^steps\.checkout\.pack: no such stage; use checkout\.request, checkout\.reserve, /],
    ['steps/checkout.queue.more', {}, /^steps\.checkout\.queue\.more: no such stage; use checkout\.request, /],
    ['steps/checkout.queue', 3, 'steps.checkout.queue: 3 is not a step'],
    ['steps/checkout.queue/good', [], `steps.checkout.queue.good: ${ALWAYS}`],
    [
      'steps/checkout.queue/good',
      [{ level: 'INFO', text: 'queued', when: { minMs: 5 } }],
      `steps.checkout.queue.good: ${ALWAYS}`,
    ],
    [
      'steps/checkout.queue/bad',
      [{ level: 'WARNING', cause: 'label_slow', text: 'label took longer than {limit} ms' }],
      `steps.checkout.queue.bad: ${ALWAYS}`,
    ],
    ...['printer_low', 'address_unknown'].map(
      (cause) =>
        [
          'steps/checkout.queue/bad',
          [{ level: 'WARNING', cause, text: 'label waits' }],
          `steps.checkout.queue.bad: ${ALWAYS}`,
        ] as const,
    ),
    [
      'steps/checkout.queue/good',
      Array.from({ length: 257 }, () => ({ level: 'INFO', text: 'queued' })),
      'steps.checkout.queue.good: 257 variants; use at most 256',
    ],
    [good, 'label printed', `${GOOD}: "label printed" is not a variant; use { level, text, … }`],
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
      'steps.checkout.queue.afterFailure.dependency: nothing applies at any time after inventory being down',
    ],
    [
      'steps/checkout.queue/afterFailure/bad',
      undefined,
      'steps.checkout.queue.afterFailure.bad: nothing applies at any time after api being down',
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
    [
      'background/bad/1/fails',
      500,
      'background.bad[1].fails: only a variant in good or bad of a step can end a journey',
    ],
    [`${good}/status`, 503, `${GOOD}.status: 503 is invalid on a good line; use 100 to 499`],
    [
      'steps/checkout.queue/afterFailure/good/0/fails',
      400,
      'steps.checkout.queue.afterFailure.good[0].fails: only a variant in good or bad of a step can end a journey',
    ],
    [`${good}/fails`, 500, `${GOOD}.fails: 500 is not a whole number from 400 to 499`],
    [`${good}/fails`, 399, `${GOOD}.fails: 399 is not a whole number from 400 to 499`],
    [`${good}/cause`, 'Wrong address', `${GOOD}.cause: "Wrong address" is invalid; use for example "lock_timeout"`],
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
    [`${good}/values`, { a: null }, `${GOOD}.values.a: ${INVALID}`],
    [`${good}/values`, { a: undefined }, `${GOOD}.values.a: ${INVALID}`],
    [`${good}/values`, { a: [] }, `${GOOD}.values.a: ${INVALID}`],
    [`${good}/values`, { a: ['x', ''] }, `${GOOD}.values.a: ${INVALID}`],
    [`${good}/values`, { a: Number.NaN }, `${GOOD}.values.a: ${INVALID}`],
    [`${good}/values`, { a: [1, Number.POSITIVE_INFINITY] }, `${GOOD}.values.a: ${INVALID}`],
    [`${good}/values`, null, `${GOOD}.values: null is not an object`],
    [`${good}/values`, 3, `${GOOD}.values: 3 is not an object`],
    [`${good}/text`, 'parcel {a:x|y} of {b:a+1..2}', `${GOOD}.text: {b}: "a" is not a number of this line`],
    [`${good}/text`, 'parcel {a:hex4} of {b:a+1..2}', `${GOOD}.text: {b}: "a" is not a number of this line`],
    [
      'steps/checkout.queue/afterFailure/bad/0/text',
      'cancelled after {limit} ms',
      'steps.checkout.queue.afterFailure.bad[0].text: {limit}: has no meaning here; give it a value, for example {limit:50|100}',
    ],
    [
      'steps/checkout.request',
      { ...STEP, bad: [...STEP.bad, { level: 'WARNING', cause: 'slow', text: 'took more than {limit} ms' }] },
      'steps.checkout.request.bad[1].text: {limit}: needs a stage that may take 5 ms or more',
    ],
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
    ['background/afterFailure', {}, 'background.afterFailure: unknown; known here: perPage, good, bad, scheduled'],
    ['background/scheduled', [], 'background.scheduled: [] is not an object'],
    [`${SCHEDULED}`, 'hourly', `${AT_SCHEDULED}: "hourly" is not { everySeconds, good, bad }`],
    [`${SCHEDULED}/perPage`, 3, `${AT_SCHEDULED}.perPage: unknown; known here: everySeconds, atSeconds, good, bad`],
    ...[undefined, 0, -30, 2.5, '30', 7, 601, 900, 1000, 172_800].map(
      (value) =>
        [
          `${SCHEDULED}/everySeconds`,
          value,
          `${AT_SCHEDULED}.everySeconds: ${value === undefined ? 'nothing' : JSON.stringify(value)} is not a period; use seconds that divide 600, or a multiple of 600 that divides 86400, for example 30`,
        ] as const,
    ),
    ...[60, -1, 1.5, 'noon'].map(
      (value) =>
        [
          `${SCHEDULED}/atSeconds`,
          value,
          `${AT_SCHEDULED}.atSeconds: ${JSON.stringify(value)} is not a whole number from 0 to 59`,
        ] as const,
    ),
    [`${SCHEDULED}/good`, undefined, `${AT_SCHEDULED}.good: nothing is not a list`],
    [`${SCHEDULED}/bad`, [], `${AT_SCHEDULED}.bad: ${ALWAYS}`],
    [`${SCHEDULED}/good/0/text`, 'report took {took} ms', `${AT_SCHEDULED}.good[0].text: {took} has no meaning here`],
    [
      `${SCHEDULED}/good/0/fails`,
      404,
      `${AT_SCHEDULED}.good[0].fails: only a variant in good or bad of a step can end a journey`,
    ],
    ['background/perPage', 2.5, 'background.perPage: 2.5 is not a whole number from 1 to 200'],
    ['background/good/0/text', 'took {took} ms', 'background.good[0].text: {took} has no meaning here'],
    [
      'background/good/0/text',
      'at most {limit} ms',
      'background.good[0].text: {limit}: has no meaning here; give it a value, for example {limit:50|100}',
    ],
  ])('%s = %j', (path, value, expected) => {
    const [error] = errorsAfter([path, value]);
    if (typeof expected === 'string') expect(error).toBe(expected);
    else expect(error).toMatch(expected);
  });
});

describe('valid is', () => {
  test.each<readonly [path: string, value: unknown]>([
    ...[1, 30, 600, 1200, 3600, 86_400].map((seconds) => [`${SCHEDULED}/everySeconds`, seconds] as const),
    [`${SCHEDULED}/atSeconds`, 59],
    ['background/scheduled', undefined],
    ['journeys/carrier-pickup/atSeconds', 0],
    ['journeys/carrier-pickup', { perPage: 3, actor: 'customer', stages: { announce: [0, 1], load: [5, 9] } }],
    [`${good}/fails`, 404],
    [`${good}/cause`, 'address_wrong'],
    ['steps/checkout.queue/good/1/text', 'label within {limit} ms'],
    ['steps/checkout.queue/good', [{ level: 'INFO', text: 'at most {limit} ms', values: { limit: '50|100' } }]],
    [`${good}/text`, 'parcel {a:1|2} of {b:a+1..2}, {c:percent(a,b)} %'],
    ['steps/checkout.queue/good', Array.from({ length: 256 }, () => ({ level: 'INFO', text: 'queued' }))],
  ])('%s = %j', (path, value) => {
    expect(errorsAfter([path, value])).toEqual([]);
  });
});

/** The paths to all places inside a value. */
function pathsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...pathsIn(inner).map((path) => `${key}/${path}`)]);
}

test.each([null, 3, 'x', [], [null], {}, { a: null }, true])('%j in any place is an error or valid', (value) => {
  for (const path of pathsIn(shipping)) {
    for (const error of errorsAfter([path, value])) expect(error).toMatch(/^[\w .[\]{}:-]+: \S/);
  }
});
