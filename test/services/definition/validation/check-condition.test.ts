/** When a variant applies: which conditions there are in which list, and what they may be. */

import { describe, expect, test } from 'vitest';
import { errorsAfter } from './changed-shipping.ts';

/** Where a variant stands, and what can be its condition there. */
const LISTS = {
  'a step': ['steps/checkout.queue/good/1', ['minMs', 'least', 'most']],
  'a bad line of a step': ['steps/checkout.queue/bad/0', ['minMs', 'least', 'most', 'phase']],
  'a step after a failure': [
    'steps/checkout.queue/afterFailure/dependency/0',
    ['minMs', 'least', 'most', 'phase', 'failedIn', 'failedAt', 'down', 'status'],
  ],
  'a background line': ['background/good/1', ['least', 'most']],
  'a scheduled line': ['background/scheduled/queue report/good/1', ['least', 'most', 'event']],
} as const;

const VALID = {
  minMs: 5,
  least: { queued: 3 },
  most: { queued: 3 },
  failedIn: 'payment',
  failedAt: 'capture',
  down: false,
  status: 5,
  event: 'deploy.began',
  phase: ['peak'],
  again: true,
} as const;

const dotted = (path: string) => path.replace(/\/(\d+)/g, '[$1]').replaceAll('/', '.');

describe.each(Object.entries(LISTS))('in %s', (_, [path, known]) => {
  test.each(Object.entries(VALID))('%s: %j', (key, value) => {
    // Only what tells a lasting fault has phases.
    const cause: [string, unknown][] = key === 'phase' ? [[`${path}/cause`, 'printer_low']] : [];
    const errors = errorsAfter([`${path}/when`, { [key]: value }], ...cause).filter((error) =>
      error.includes('.when.'),
    );
    const problem = key === 'event' ? 'only a scheduled line can tell an event' : `known here: ${known.join(', ')}`;
    const isKnown = (known as readonly string[]).includes(key);
    expect(errors).toEqual(isKnown ? [] : [`${dotted(path)}.when.${key}: unknown here; ${problem}`]);
  });

  test('another word', () => {
    expect(errorsAfter([`${path}/when`, { since: 3 }])).toEqual([
      `${dotted(path)}.when.since: unknown here; known here: ${known.join(', ')}`,
    ]);
  });

  test.each([3, null, [], 'down'])('%j', (value) => {
    expect(errorsAfter([`${path}/when`, value])).toEqual([
      `${dotted(path)}.when: ${JSON.stringify(value)} is not an object`,
    ]);
  });
});

const STEP = LISTS['a step'][0];
const LATER = LISTS['a step after a failure'][0];
const SCHEDULED = LISTS['a scheduled line'][0];
const STAGES = 'request, reserve, verify, authorize, capture, settle, respond, queue, post, deliver';
const EVENTS =
  'deploy.began, deploy.ended, carrier_api_down.began, carrier_api_down.recovering, carrier_api_down.ended, ' +
  'printer_low.began, printer_low.recovering, printer_low.ended';

describe('a condition cannot be', () => {
  test.each<readonly [path: string, when: object, expected: string]>([
    ...[0, 60_001, 1.5, '5', null].map(
      (minMs) => [STEP, { minMs }, `minMs: ${JSON.stringify(minMs)} is not a whole number from 1 to 60000`] as const,
    ),
    ...(['least', 'most'] as const).flatMap(
      (key) =>
        [
          [STEP, { [key]: 3 }, `${key}: 3 is not an object`],
          [STEP, { [key]: { waiting: 3 } }, `${key}.waiting: is not a gauge of the service; use queued`],
          [STEP, { [key]: { queue_size: 3 } }, `${key}.queue_size: is not a gauge of the service; use queued`],
          ...[-1, 1.5, '3', null].map(
            (bound) =>
              [
                STEP,
                { [key]: { queued: bound } },
                `${key}.queued: ${JSON.stringify(bound)} is not a whole number from 0 to 9007199254740991`,
              ] as const,
          ),
        ] as const,
    ),
    ...['deploy', 'deploy.over', 'printer_lo.began', 'address_unknown.began', 'rate_table_old.began', 3].map(
      (event) => [SCHEDULED, { event }, `event: ${JSON.stringify(event)} is none of ${EVENTS}`] as const,
    ),
    ...[3, null, ['payment']].map(
      (failedIn) =>
        [
          LATER,
          { failedIn },
          `failedIn: ${JSON.stringify(failedIn)} is not a service; use a short name, for example "payment"`,
        ] as const,
    ),
    ...['pay', 'checkout.capture', 3].map(
      (failedAt) =>
        [LATER, { failedAt }, `failedAt: ${JSON.stringify(failedAt)} is none of the stages ${STAGES}`] as const,
    ),
    ...['yes', 1, null].map(
      (down) => [LATER, { down }, `down: ${JSON.stringify(down)} is invalid; use true or false`] as const,
    ),
    ...[3, 404, '5'].map(
      (status) => [LATER, { status }, `status: ${JSON.stringify(status)} is invalid; use 4 or 5`] as const,
    ),
  ])('%s: %j', (path, when, expected) => {
    expect(errorsAfter([`${path}/when`, when])[0]).toBe(`${dotted(path)}.when.${expected}`);
  });

  test.each([[], 'peak', ['summit'], ['peak', 3], null].map((phase) => ({ phase })))('%j', (when) => {
    const path = 'steps/checkout.queue/bad/3';
    expect(errorsAfter([`${path}/when`, when])).toEqual([
      `${dotted(path)}.when.phase: ${JSON.stringify(when.phase)} is invalid; use a list of onset, peak, recovery`,
    ]);
  });

  test.each([
    ['steps/checkout.queue/bad/0', 'label_torn'],
    ['steps/checkout.queue/bad/2', 'address_unknown'],
  ])('a phase of what does not last: %s, %s', (path, cause) => {
    expect(errorsAfter([`${path}/cause`, cause], [`${path}/when`, { phase: ['peak'] }])).toContain(
      `${dotted(path)}.when.phase: has a meaning only for a variant whose cause is a lasting fault`,
    );
  });

  test('a gauge of a service that has none', () => {
    const when = { most: { queued: 1 } };
    expect(errorsAfter(['gauges', undefined], ['background/good/1/when', when])).toContain(
      'background.good[1].when.most.queued: is not a gauge of the service, which has none',
    );
  });
});

/** What every object inherits is neither a gauge nor an event, stage or fault. */
describe.each(Object.getOwnPropertyNames(Object.prototype))('%s', (name) => {
  test.each(['least', 'most'])('is no gauge in %s', (key) => {
    const when = { [key]: Object.fromEntries([[name, 1]]) };
    expect(errorsAfter([`${STEP}/when`, when])).toEqual([
      `${dotted(STEP)}.when.${key}.${name}: is not a gauge of the service; use queued`,
    ]);
  });

  test('is no event', () => {
    for (const event of [name, `${name}.began`]) {
      expect(errorsAfter([`${SCHEDULED}/when`, { event }])).toEqual([
        `${dotted(SCHEDULED)}.when.event: "${event}" is none of ${EVENTS}`,
      ]);
    }
  });

  test('is no stage', () => {
    expect(errorsAfter([`${LATER}/when`, { failedAt: name }])[0]).toBe(
      `${dotted(LATER)}.when.failedAt: "${name}" is none of the stages ${STAGES}`,
    );
  });
});

describe('what is read again', () => {
  const good = (again: unknown) => [
    { level: 'DEBUG', text: 'labels of {sku} read' },
    { level: 'DEBUG', text: 'labels of {sku} read again', when: { again } },
  ];
  const step = (again: unknown) => ({ good: good(again), bad: [{ level: 'WARNING', cause: 'torn', text: 'torn' }] });

  test.each([
    ['view-product.lookup', true, []],
    ['browse.respond', false, []],
    ['view-product.lookup', 1, ['steps.view-product.lookup.good[1].when.again: 1 is invalid; use true or false']],
    [
      'sign-in.session',
      true,
      ['steps.sign-in.session.good[1].when.again: unknown here; known here: minMs, least, most'],
    ],
  ] as const)('%s: %j', (stage, again, expected) => {
    expect(errorsAfter([`steps/${stage}`, step(again)])).toEqual(expected);
  });
});
