/** Names in a user's definition that mean something else already: to JavaScript, to the record, or to pino. */

import { describe, expect, test } from 'vitest';
import type { ServiceDefinition, Variant } from '../../../../services/definition/definition.ts';
import { parseText } from '../../../../services/definition/parse-text.ts';
import { validateDefinition } from '../../../../services/definition/validation/validate-definition.ts';
import { loadBuiltIn } from '../../../../services/index.ts';
import { journeys } from '../../../../services/journeys.ts';
import { loadCatalog } from '../../../../services/load-catalog.ts';
import { Simulation } from '../../../../services/simulation/simulation.ts';
import shipping from '../../../fixtures/shipping.js';

const builtIn = await loadBuiltIn();
const PATH = 'steps.checkout.queue.good[0]';

type Changeable = {
  name: string;
  journeys: Record<string, unknown>;
  constants: object;
  gauges: object;
  targets: object;
  faults: object;
  background: { scheduled: { 'queue report': object } };
  steps: { 'checkout.queue': { good: Record<string, unknown>[] } };
};

/** What is wrong with the fixture once it is changed so. */
function errorsAfter(change: (definition: Changeable) => void): readonly string[] {
  const definition = structuredClone(shipping) as unknown as Changeable;
  change(definition);
  return validateDefinition(definition, builtIn, journeys);
}

function variant(definition: Changeable): Record<string, unknown> {
  return definition.steps['checkout.queue'].good[0] as Record<string, unknown>;
}

/** An own property, also of the name `__proto__`. */
function withKey(name: string, value: unknown): unknown {
  return Object.fromEntries([[name, value]]);
}

const OF_EVERY_OBJECT = Object.getOwnPropertyNames(Object.prototype);

const OF_EVERY_RECORD = ['level', 'time', 'service', 'msg', 'trace_id', 'span_id', 'request_id'];
const OF_PINO = ['pid', 'hostname', 'name', 'v', 'err', 'error', 'stack', 'caller', 'timestamp'];
const PLACEHOLDERS = ['user', 'order', 'took', 'status', 'failed', 'price'];
const OF_PLACEHOLDERS = [
  ['step_ms', 'took'],
  ['duration_ms', 'elapsed'],
  ['order_id', 'order'],
  ['basket_id', 'basket'],
  ['search_query', 'query'],
  ['card_last4', 'card'],
  ['charge_id', 'charge'],
  ['refund_id', 'refund'],
  ['tracking_id', 'tracking'],
  ['delivery_id', 'delivery'],
  ['quantity', 'qty'],
] as const;

test('Object.prototype has the names that come to mind', () => {
  expect(OF_EVERY_OBJECT).toEqual(
    expect.arrayContaining(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf']),
  );
});

describe('a value cannot be named', () => {
  test.each([
    ...OF_EVERY_OBJECT.map((name) => [name, 'is a name that every object has; use another name']),
    ...OF_EVERY_RECORD.map((name) => [name, 'is a field of every record; use another name']),
    ...OF_PINO.map((name) => [name, 'has a meaning of its own in a record of pino; use another name']),
    ...PLACEHOLDERS.map((name) => [name, 'is a placeholder that every line has; use another name']),
    ...OF_PLACEHOLDERS.map(([name, of]) => [name, `is the field of {${of}} in a record; use another name`]),
  ])('%s', (name, reason) => {
    const errors = errorsAfter((definition) => {
      variant(definition).values = withKey(name, '1..9');
      variant(definition).text = `parcel {${name}}`;
    });
    expect(errors[0]).toBe(`${PATH}.values.${name}: ${reason}`);
  });

  test('__proto__ as a literal, which sets the prototype', () => {
    const errors = errorsAfter((definition) => {
      variant(definition).values = { __proto__: [1, 9] };
    });
    expect(errors[0]).toBe(`${PATH}.values: is not a plain object; use { … } without the key __proto__`);
  });

  test('whatever a record of the five services has besides the values of their own definitions', async () => {
    const world = { seed: 1, rate: 1_000, timeline: [{ at: 0, ratios: ratiosOf(5), down: [] }] } as const;
    const simulation = new Simulation(await loadCatalog(), world);
    const fields = new Set(simulation.allLinesBetween(0, 20_000).flatMap((record) => Object.keys(record)));
    const free = [...fields].filter(
      (name) => errorsAfter((it) => (variant(it).values = withKey(name, 1))).length === 0,
    );
    expect(free.filter((name) => !namedIn(builtIn).has(name))).toEqual([]);
    expect(fields.size - free.length).toBeGreaterThan(20);
  });
});

describe('a text cannot speak of', () => {
  test.each(OF_EVERY_OBJECT)('{%s}', (name) => {
    const errors = errorsAfter((definition) => {
      variant(definition).text = `parcel {${name}}`;
    });
    expect(errors).toEqual([
      `${PATH}.text: {${name}} has no value; use {${name}:1..9} or a placeholder that every line has`,
    ]);
  });

  test.each(OF_EVERY_OBJECT)('{%s} in a path', (name) => {
    const errors = errorsAfter(({ journeys }) => {
      journeys['carrier-pickup'] = { ...pickup, http: { method: 'GET', path: `/${`{${name}}`}` } };
    });
    expect(errors).toEqual([
      `journeys.carrier-pickup.http.path: {${name}} has no value; use a placeholder that every line has`,
    ]);
  });
});

const pickup = shipping.journeys['carrier-pickup'];

describe.each(OF_EVERY_OBJECT)('%s cannot be', (name) => {
  test('a journey', () => {
    const errors = errorsAfter(({ journeys }) => Object.defineProperty(journeys, name, entry(pickup)));
    expect(errors).toEqual([`journeys.${name}: is a name that every object has; use another name`]);
  });

  test('a stage', () => {
    const stages = { ...pickup.stages };
    Object.defineProperty(stages, name, entry([1, 2]));
    const errors = errorsAfter(({ journeys }) => (journeys['carrier-pickup'] = { ...pickup, stages }));
    expect(errors).toEqual([
      `journeys.carrier-pickup.stages.${name}: is a name that every object has; use another name`,
    ]);
  });

  test('a step', () => {
    const step = shipping.steps['checkout.queue'];
    expect(errorsAfter(({ steps }) => Object.defineProperty(steps, `${name}.queue`, entry(step)))[0]).toMatch(
      new RegExp(`^steps\\.${name}\\.queue: no such journey; there are browse, `),
    );
    expect(errorsAfter(({ steps }) => Object.defineProperty(steps, `checkout.${name}`, entry(step)))[0]).toMatch(
      new RegExp(`^steps\\.checkout\\.${name}: no such stage; use checkout\\.request, `),
    );
  });

  const reason = 'is a name that every object has; use another name';

  test.each([
    ['constants', 8],
    ['gauges', { usual: [1, 2] }],
    ['targets', ['a', 'b']],
    ['faults', {}],
  ] as const)('one of the %s', (list, value) => {
    const errors = errorsAfter((definition) => Object.defineProperty(definition[list], name, entry(value)));
    expect(errors[0]).toBe(`${list}.${name}: ${reason}`);
  });

  test('a fault during which a gauge moves', () => {
    const during = withKey(name, [1, 2]);
    const errors = errorsAfter(({ gauges }) =>
      Object.defineProperty(gauges, 'waiting', entry({ usual: [1, 2], during })),
    );
    expect(errors[0]).toBe(
      `gauges.waiting.during.${name}: is not a lasting fault of the service; use carrier_api_down, printer_low`,
    );
  });

  test('a bound of a gauge', () => {
    const errors = errorsAfter(({ gauges }) => Object.defineProperty(gauges, 'waiting', entry({ usual: [1, name] })));
    expect(errors[0]).toMatch(new RegExp(`^gauges\\.waiting\\.usual: \\[1,"${name}"\\] is invalid; use `));
  });

  test('the target of a fault', () => {
    const errors = errorsAfter(({ faults }) => Object.defineProperty(faults, 'printer_low', entry({ target: name })));
    expect(errors[0]).toBe(`faults.printer_low.target: "${name}" is not one of the targets; use gateway`);
  });

  test('a scheduled line', () => {
    const errors = errorsAfter(({ background: { scheduled } }) =>
      Object.defineProperty(scheduled, name, entry(scheduled['queue report'])),
    );
    expect(errors).toEqual([`background.scheduled.${name}: ${reason}`]);
  });

  test('a value that another refers to', () => {
    const errors = errorsAfter((definition) => {
      variant(definition).text = `parcel {more:${name}+1..2}`;
    });
    expect(errors[0]).toMatch(name.startsWith('_') ? /its value is invalid/ : `"${name}" is not a number of this line`);
  });

  test('a condition', () => {
    const errors = errorsAfter((definition) => {
      variant(definition).when = withKey(name, 1);
    });
    expect(errors[0]).toBe(`${PATH}.when.${name}: unknown here; known here: minMs, least, most`);
  });

  test('a service', () => {
    const errors = errorsAfter((definition) => {
      definition.name = name;
    });
    expect(errors[0]).toMatch(new RegExp(`^name: "${name}" (is not a name|is taken)`));
  });
});

test.each(['journeys', 'steps', 'constants', 'gauges', 'targets', 'faults'] as const)(
  'what %s inherit is not left out without a word',
  (key) => {
    const errors = errorsAfter((definition) => {
      definition[key] = Object.create(definition[key]);
    });
    expect(errors[0]).toBe(`${key}: is not a plain object; use { … } without the key __proto__`);
  },
);

function entry(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

function ratiosOf(ratio: number): Record<string, number> {
  return Object.fromEntries(builtIn.map(({ name }) => [name, ratio]));
}

/** The names of all values in the definitions, with their constants, gauges and targets. */
function namedIn(definitions: readonly ServiceDefinition[]): ReadonlySet<string> {
  const state = definitions.flatMap(({ constants, gauges, targets }) =>
    Object.keys({ ...constants, ...gauges, ...targets }),
  );
  return new Set([...state, ...drawnIn(definitions)]);
}

function drawnIn(value: unknown): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  const { text } = value as { readonly text?: unknown };
  const own = typeof text === 'string' ? [...parseText(value as Variant).values.keys()] : [];
  return new Set([...own, ...Object.values(value).flatMap((part) => [...drawnIn(part)])]);
}
