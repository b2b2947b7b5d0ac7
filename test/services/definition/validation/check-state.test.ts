/** Constants, gauges, targets and faults, and what texts may say of them. */

import { describe, expect, test } from 'vitest';
import { type Change, errorsAfter } from './changed-shipping.ts';

const TEXT = 'steps/checkout.queue/good/0/text';
const VALUES = 'steps/checkout.queue/good/0/values';
const AT = 'steps.checkout.queue.good[0]';
const CONSTANT = 'use a number, 1..3, 3~60, 0.50~99.00, a|b|c, hex8 or a list';
const RANGE = 'use [low, high], each a whole number from 0 or the name of a constant that is one';
const TARGET = 'use for example ["replica-1", "replica-2"], of letters, digits and . : @ / - _';

/** Changes of the fixture, each with the first error that it leads to. */
type Row = readonly [path: string, value: unknown, expected: string];

function expectFirstError(path: string, value: unknown, expected: string, ...before: readonly Change[]): void {
  expect(errorsAfter(...before, [path, value])[0]).toBe(expected);
}

describe('constants', () => {
  test.each<Row>(
    [
      ['constants', 3, 'constants: 3 is not an object'],
      ['constants', null, 'constants: null is not an object'],
      ['constants', ['pool'], 'constants: ["pool"] is not an object'],
      ...['', 'soon', '3..1', 'a||b', '1.50', null, [], [null], {}, true].map(
        (value): Row => ['constants/pool', value, `constants.pool: ${JSON.stringify(value)} is invalid; ${CONSTANT}`],
      ),
      ['constants/pool', Number.NaN, `constants.pool: NaN is invalid; ${CONSTANT}`],
      ...['queue_size-9..-1', 'percent(queued,queue_size)'].map(
        (value): Row => [
          'constants/pool',
          value,
          `constants.pool: "${value}" is invalid; a constant cannot refer to another value`,
        ],
      ),
      ['constants/Pool', 8, 'constants.Pool: is not a name; write for example "waiting"'],
      ['constants/user', 8, 'constants.user: is a placeholder that every line has; use another name'],
      ['constants/level', 8, 'constants.level: is a field of every record; use another name'],
      ['constants/limit', 8, 'constants.limit: is the limit of a step in every text; use another name'],
    ].filter(([, value]) => value !== undefined) as Row[],
  )('%s = %j', (path, value, expected) => {
    expectFirstError(path, value, expected);
  });

  test('one without a value', () => {
    expect(errorsAfter(['constants', { queue_size: undefined }])[0]).toBe(
      `constants.queue_size: nothing is invalid; ${CONSTANT}`,
    );
  });

  test.each([8, '1..3', '3~60', '0.50~99.00', 'a|b', 'hex8', ['se-1', 'se-2']])('%j is valid', (value) => {
    expect(errorsAfter(['constants/pool', value], [TEXT, 'label printed, pool {pool}'])).toEqual([]);
  });
});

describe('gauges', () => {
  test.each<Row>([
    ['gauges', 'queued', 'gauges: "queued" is not an object'],
    ['gauges/waiting', 3, 'gauges.waiting: 3 is not a gauge; use { usual: [low, high] }'],
    ['gauges/waiting', [1, 2], 'gauges.waiting: [1,2] is not a gauge; use { usual: [low, high] }'],
    ['gauges/waiting', {}, `gauges.waiting.usual: nothing is invalid; ${RANGE}`],
    [
      'gauges/queued/normal',
      [1, 2],
      'gauges.queued.normal: unknown; known here: usual, during, countdown, load, waitsFor',
    ],
    ['gauges/queued/load', 'traffic', 'gauges.queued.load: "traffic" is invalid; use true or leave it out'],
    [
      'gauges/queued',
      { usual: [0, 3], countdown: true, load: true },
      'gauges.queued.load: given together with countdown; leave one of them out',
    ],
    [
      'gauges/queued/waitsFor',
      'queued',
      'gauges.queued.waitsFor: "queued" is not a gauge of the service that waits for no other; leave it out',
    ],
    [
      'gauges/waiting',
      { usual: [0, 0], waitsFor: 'printers' },
      'gauges.waiting.waitsFor: "printers" is not a gauge of the service that waits for no other; use queued',
    ],
    ...[[], [1], [1, 2, 3], [-1, 5], [0.5, 2], [1, null], 'queue_size', ['queue_size', 'size'], ['1', '2']].map(
      (value): Row => [
        'gauges/queued/usual',
        value,
        `gauges.queued.usual: ${JSON.stringify(value)} is invalid; ${RANGE}`,
      ],
    ),
    ['gauges/queued/usual', [5, 3], 'gauges.queued.usual: [5,3] is invalid; the first must never be above the second'],
    [
      'gauges/queued/usual',
      [201, 'queue_size'],
      'gauges.queued.usual: [201,"queue_size"] is invalid; the first must never be above the second',
    ],
    [
      'gauges/queued/usual',
      ['queue_size', 399],
      'gauges.queued.usual: ["queue_size",399] is invalid; the first must never be above the second',
    ],
    ['gauges/queued/during/carrier_api_down', [3], `gauges.queued.during.carrier_api_down: [3] is invalid; ${RANGE}`],
    ['gauges/queued/during', [], 'gauges.queued.during: [] is not an object'],
    ...['rate_table_old', 'address_unknown', 'printer_lo'].map(
      (fault): Row => [
        `gauges/queued/during/${fault}`,
        [1, 2],
        `gauges.queued.during.${fault}: is not a lasting fault of the service; use carrier_api_down, printer_low`,
      ],
    ),
    ['gauges/queued/countdown', false, 'gauges.queued.countdown: false is invalid; use true or leave it out'],
    ['gauges/queued/countdown', true, 'gauges.queued.during: given together with countdown; leave one of them out'],
    ['gauges/step_ms', { usual: [1, 2] }, 'gauges.step_ms: is the field of {took} in a record; use another name'],
    ['gauges/limit', { usual: [1, 2] }, 'gauges.limit: is the limit of a step in every text; use another name'],
  ])('%s = %j', (path, value, expected) => {
    expectFirstError(path, value, expected);
  });

  test.each(['a|b', 'hex4', '0.50~9.00', '-3..-1', '1|2|x', ['1', '2'], 1.5, -1])(
    'a constant that is %j is no bound',
    (constant) => {
      const message = `gauges.waiting.usual: ["pool","pool"] is invalid; ${RANGE}`;
      expectFirstError('gauges/waiting', { usual: ['pool', 'pool'] }, message, ['constants/pool', constant]);
    },
  );

  test.each([8, '1..3', '3~60', '20|30', [20, 30]])('a constant that is %j is a bound', (constant) => {
    const gauge = { usual: [0, 'pool'], during: { printer_low: ['pool', 'pool'] } };
    expect(errorsAfter(['constants/pool', constant], ['gauges/waiting', gauge])).toEqual([]);
  });

  test('without faults of the service none can be on', () => {
    const without: Change[] = [
      ['faults', undefined],
      ['background/scheduled', undefined],
    ];
    expect(errorsAfter(...without)[0]).toBe(
      'gauges.queued.during.carrier_api_down: is not a lasting fault of the service',
    );
  });

  test('a countdown', () => {
    const gauge = { usual: [1, 80], countdown: true };
    expect(errorsAfter(['gauges/cert_days', gauge], [TEXT, 'certificate valid for {cert_days} days'])).toEqual([]);
  });
});

describe('targets', () => {
  test.each<Row>([
    ['targets', ['printer'], 'targets: ["printer"] is not an object'],
    ...['printer', {}, [], [3], [''], ['dock 1'], ['p{user}'], ['a', null]].map(
      (value): Row => [
        'targets/printer',
        value,
        `targets.printer: ${JSON.stringify(value)} is not a list of names; ${TARGET}`,
      ],
    ),
    ['targets/carrier', ['a'], 'targets.carrier: is a placeholder that every line has; use another name'],
    ['targets/limit', ['a'], 'targets.limit: is the limit of a step in every text; use another name'],
  ])('%s = %j', (path, value, expected) => {
    expectFirstError(path, value, expected);
  });
});

test.each<Row>([
  ['gauges/queue_size', { usual: [1, 2] }, 'gauges.queue_size: is the name of a constant too; use another name'],
  ['targets/queue_size', ['a', 'b'], 'targets.queue_size: is the name of a constant too; use another name'],
  ['targets/queued', ['a', 'b'], 'targets.queued: is the name of a gauge too; use another name'],
])('no two have one name: %s = %j', (path, value, expected) => {
  expect(errorsAfter([path, value])).toEqual([expected]);
});

describe('faults', () => {
  test.each<Row>([
    ['faults', ['printer_low'], 'faults: ["printer_low"] is not an object'],
    ['faults/Printer low', {}, 'faults.Printer low: is not a cause; use for example "replica_lag"'],
    ...[null, 3, true, []].map(
      (value): Row => [
        'faults/printer_low',
        value,
        `faults.printer_low: ${JSON.stringify(value)} is not a fault; use { } for one that lasts or { of, share, hours }`,
      ],
    ),
    ['faults/printer_low/slow', 2, 'faults.printer_low.slow: unknown; known here: weight, target, slowdown'],
    ...[0, -1, 1001, '3', null].map(
      (value): Row => [
        'faults/printer_low/weight',
        value,
        `faults.printer_low.weight: ${JSON.stringify(value)} is not a number from 0.001 to 1000`,
      ],
    ),
    ...[0.5, 8.5, '2', Number.NaN].map(
      (value): Row => [
        'faults/printer_low/slowdown',
        value,
        `faults.printer_low.slowdown: ${typeof value === 'number' ? value : `"${value}"`} is not a number from 1 to 8`,
      ],
    ),
    ...['printer', 'queued', 'gw-1.example.net', 3].map(
      (value): Row => [
        'faults/printer_low/target',
        value,
        `faults.printer_low.target: ${JSON.stringify(value)} is not one of the targets; use gateway`,
      ],
    ),
    ['faults/address_unknown/of', 'order', 'faults.address_unknown.of: "order" is neither "user" nor "sku"'],
    ['faults/address_unknown/of', undefined, 'faults.address_unknown.of: nothing is neither "user" nor "sku"'],
    ...[undefined, 0, 0.3, '0.1'].map(
      (value): Row => [
        'faults/address_unknown/share',
        value,
        `faults.address_unknown.share: ${JSON.stringify(value) ?? 'nothing'} is not a number from 0.0001 to 0.2`,
      ],
    ),
    ...[undefined, 0.2, 1001].map(
      (value): Row => [
        'faults/address_unknown/hours',
        value,
        `faults.address_unknown.hours: ${JSON.stringify(value) ?? 'nothing'} is not a number from 0.25 to 1000`,
      ],
    ),
    ['faults/address_unknown/weight', 2, 'faults.address_unknown.weight: unknown; known here: of, share, hours'],
    ['faults/printer_lo', {}, 'faults.printer_lo: no line has this cause'],
    ['faults/user_gone', { of: 'user', share: 0.1, hours: 1 }, 'faults.user_gone: no line has this cause'],
  ])('%s = %j', (path, value, expected) => {
    expectFirstError(path, value, expected);
  });

  test('a target of a service that has none', () => {
    const expected = 'faults.carrier_api_down.target: "gateway" is not one of the targets; the service has none';
    expect(errorsAfter(['targets', undefined])).toContain(expected);
  });

  test.each([
    ['printer_low', { weight: 0.001, slowdown: 8, target: 'gateway' }],
    ['printer_low', { weight: 1000, slowdown: 1 }],
    ['address_unknown', { of: 'sku', share: 0.2, hours: 0.25 }],
    ['address_unknown', { of: 'user', share: 0.0001, hours: 1000 }],
    ['queue_long', {}],
  ])('%s as %j is valid', (cause, fault) => {
    expect(errorsAfter([`faults/${cause}`, fault])).toEqual([]);
  });

  test('the only line after a failure cannot have a cause that is not on at any time', () => {
    expect(errorsAfter(['faults/shipment_cancelled', {}])[0]).toBe(
      'steps.checkout.queue.afterFailure.bad: nothing applies at any time after api being down',
    );
  });

  test('nor can it depend on a gauge', () => {
    const when = { least: { queued: 3 } };
    expect(errorsAfter(['steps/checkout.queue/afterFailure/bad/0/when', when])[0]).toBe(
      'steps.checkout.queue.afterFailure.bad: nothing applies at any time after api being down',
    );
    expect(errorsAfter(['steps/checkout.queue/afterFailure/good/0/when', when])[0]).toBe(
      'steps.checkout.queue.afterFailure.good: nothing applies at any time after api being down',
    );
  });
});

describe('a text', () => {
  test.each(['{queue_size}', '{queued}', '{gateway}', '{queued}/{queue_size} at {gateway}, {left:1..9} left'])(
    'may say %s',
    (text) => {
      expect(errorsAfter([TEXT, text])).toEqual([]);
    },
  );

  test.each(['queue_size', 'queued', 'gateway'])('cannot give {%s} another value', (name) => {
    const problem = 'is a constant, gauge or target of the service; use another name';
    expect(errorsAfter([TEXT, `label {${name}:1..9}`])).toEqual([`${AT}.text: {${name}}: ${problem}`]);
    expect(errorsAfter([VALUES, { [name]: '1..9' }])).toEqual([`${AT}.values.${name}: ${problem}`]);
  });

  test('may compute with constants and gauges that are numbers', () => {
    const text = '{queued} queued, {more:queue_size+1..9} at most, {share:percent(queued,queue_size)} %';
    expect(errorsAfter([TEXT, text])).toEqual([]);
  });

  test.each([
    ['gateway', []],
    ['words', [['constants/words', 'a|b']]],
    ['id', [['constants/id', 'hex4']]],
    ['mixed', [['constants/mixed', ['a', 1]]]],
  ] as const)('cannot compute with {%s}, which is no number', (name, changes) => {
    expect(errorsAfter(...changes, [TEXT, `{more:${name}+1..9}`])).toEqual([
      `${AT}.text: {more}: "${name}" is not a number of this line`,
    ]);
    expect(errorsAfter(...changes, [TEXT, `{share:percent(queued,${name})} %`])).toEqual([
      `${AT}.text: {share}: "${name}" is not a number of this line`,
    ]);
  });
});
