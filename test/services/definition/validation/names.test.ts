/** Names in a user's definition that mean something else already: to JavaScript, to the record, or to pino. */

import { describe, expect, test } from 'vitest';
import { validateDefinition } from '../../../../services/definition/validation/validate.ts';
import { loadBuiltIn } from '../../../../services/index.ts';
import { journeys } from '../../../../services/journeys.ts';
import { loadCatalog } from '../../../../services/load-catalog.ts';
import { Simulation } from '../../../../services/simulation/simulation.ts';
import shipping from '../../../fixtures/shipping.js';

const builtIn = await loadBuiltIn();
const PATH = 'steps.checkout.queue.ok[0]';

type Changeable = {
  name: string;
  journeys: Record<string, unknown>;
  steps: { checkout: { queue: { ok: Record<string, unknown>[] } } };
};

/** What is wrong with the fixture once it is changed so. */
function faultsAfter(change: (definition: Changeable) => void): readonly string[] {
  const definition = structuredClone(shipping) as unknown as Changeable;
  change(definition);
  return validateDefinition(definition, builtIn, journeys);
}

function variant(definition: Changeable): Record<string, unknown> {
  return definition.steps.checkout.queue.ok[0] as Record<string, unknown>;
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

describe('a value drawn in "with" cannot be named', () => {
  test.each([
    ...OF_EVERY_OBJECT.map((name) => [name, 'is a name that every object has; use another name']),
    ...OF_EVERY_RECORD.map((name) => [name, 'is a field of every record; use another name']),
    ...OF_PINO.map((name) => [name, 'has a meaning of its own in a record of pino; use another name']),
    ...PLACEHOLDERS.map((name) => [name, 'is a placeholder that every line has; use another name']),
    ...OF_PLACEHOLDERS.map(([name, of]) => [name, `is the field of {${of}} in a record; use another name`]),
  ])('%s', (name, reason) => {
    const faults = faultsAfter((definition) => {
      variant(definition).with = withKey(name, [1, 9]);
      variant(definition).text = `parcel {${name}}`;
    });
    expect(faults[0]).toBe(`${PATH}.with.${name}: ${reason}`);
  });

  test('__proto__ as a literal, which sets the prototype', () => {
    const faults = faultsAfter((definition) => {
      variant(definition).with = { __proto__: [1, 9] };
    });
    expect(faults[0]).toBe(`${PATH}.with: is not a plain object; use { … } without the key __proto__`);
  });

  test('__proto__ within a draw, which would make it two', () => {
    const faults = faultsAfter((definition) => {
      variant(definition).with = { label: { __proto__: { oneOf: [1, 2] }, hex: 4 } };
    });
    expect(faults[0]).toBe(`${PATH}.with.label: is not a plain object; use { … } without the key __proto__`);
  });

  test('whatever a record of the five services has beside what their own definitions draw', async () => {
    const world = { seed: 1, rate: 1_000, timeline: [{ at: 0, ratios: ratiosOf(5), down: [] }] } as const;
    const simulation = new Simulation(await loadCatalog(), world);
    const fields = new Set(simulation.allLinesBetween(0, 20_000).flatMap((record) => Object.keys(record)));
    const free = [...fields].filter((name) => faultsAfter((it) => (variant(it).with = withKey(name, 1))).length === 0);
    expect(free.filter((name) => !drawnIn(builtIn).has(name))).toEqual([]);
    expect(fields.size - free.length).toBeGreaterThan(20);
  });
});

describe('a text cannot speak of', () => {
  test.each(OF_EVERY_OBJECT)('{%s}', (name) => {
    const faults = faultsAfter((definition) => {
      variant(definition).text = `parcel {${name}}`;
    });
    expect(faults).toEqual([`${PATH}.text: {${name}} is neither drawn in "with" nor one that every line has`]);
  });

  test.each(OF_EVERY_OBJECT)('{%s} in a path', (name) => {
    const faults = faultsAfter(({ journeys }) => {
      journeys['carrier-pickup'] = { ...pickup, http: { method: 'GET', path: `/${`{${name}}`}` } };
    });
    expect(faults).toEqual([
      `journeys.carrier-pickup.http.path: {${name}} is neither drawn in "with" nor one that every line has`,
    ]);
  });
});

const pickup = shipping.journeys['carrier-pickup'];

describe.each(OF_EVERY_OBJECT)('%s cannot be', (name) => {
  test('a journey', () => {
    const faults = faultsAfter(({ journeys }) => Object.defineProperty(journeys, name, entry(pickup)));
    expect(faults).toEqual([`journeys.${name}: is a name that every object has; use another name`]);
  });

  test('a stage', () => {
    const stages = { ...pickup.stages };
    Object.defineProperty(stages, name, entry([1, 2]));
    const faults = faultsAfter(({ journeys }) => (journeys['carrier-pickup'] = { ...pickup, stages }));
    expect(faults).toEqual([
      `journeys.carrier-pickup.stages.${name}: is a name that every object has; use another name`,
    ]);
  });

  test('what steps are said of', () => {
    const step = shipping.steps.checkout.queue;
    expect(faultsAfter(({ steps }) => Object.defineProperty(steps, name, entry({ queue: step })))[0]).toMatch(
      new RegExp(`^steps\\.${name}: no such journey; there are browse, `),
    );
    expect(faultsAfter(({ steps }) => Object.defineProperty(steps.checkout, name, entry(step)))[0]).toMatch(
      new RegExp(`^steps\\.checkout\\.${name}: no such stage; checkout has request, `),
    );
  });

  test('a draw that another refers to', () => {
    const faults = faultsAfter((definition) => {
      variant(definition).with = { more: { plus: [name, 1, 2] } };
    });
    expect(faults).toEqual([`${PATH}.with.more: "${name}" is not an earlier value`]);
  });

  test('a kind of draw', () => {
    const faults = faultsAfter((definition) => {
      variant(definition).with = { more: withKey(name, 1) };
    });
    expect(faults).toEqual([
      `${PATH}.with.more.${name}: unknown; known here: oneOf, skew, plus, limit, percent, money, hex`,
    ]);
  });

  test('a condition', () => {
    const faults = faultsAfter((definition) => {
      variant(definition).if = withKey(name, 1);
    });
    expect(faults[0]).toBe(`${PATH}.if.${name}: unknown here; before a failure only took can be a condition`);
  });

  test('a service', () => {
    const faults = faultsAfter((definition) => {
      definition.name = name;
    });
    expect(faults[0]).toMatch(new RegExp(`^name: "${name}" (is not a name|is taken)`));
  });
});

test.each(['journeys', 'steps'] as const)('what %s inherit is not left out without a word', (key) => {
  const faults = faultsAfter((definition) => {
    definition[key] = Object.create(definition[key]);
  });
  expect(faults[0]).toBe(`${key}: is not a plain object; use { … } without the key __proto__`);
});

function entry(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

function ratiosOf(ratio: number): Record<string, number> {
  return Object.fromEntries(builtIn.map(({ name }) => [name, ratio]));
}

/** The names of everything that the definitions draw. */
function drawnIn(value: unknown): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  const { text, with: draws = {} } = value as { readonly text?: unknown; readonly with?: object };
  const own = typeof text === 'string' ? Object.keys(draws) : [];
  return new Set([...own, ...Object.values(value).flatMap((part) => [...drawnIn(part)])]);
}
