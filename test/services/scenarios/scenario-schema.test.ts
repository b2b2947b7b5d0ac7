import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { incidentTypes } from '../../../services/incidents/index.ts';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { readScenario, scenarioNames } from '../../../services/scenarios/find-scenario.ts';
import { parseScenario } from '../../../services/scenarios/parse-scenario.ts';

const FILE = new URL('../../../services/scenarios/files/scenario.schema.json', import.meta.url);
const schema = JSON.parse(readFileSync(FILE, 'utf8'));
const isValid = new Ajv().compile(schema);
const context = { catalog: await loadCatalog(), types: incidentTypes };

test('the schema names the types of the catalogue', () => {
  const { anyOf } = schema.definitions.step.properties.incident;
  expect(anyOf[0].enum).toEqual(incidentTypes.map(({ name }) => name));
});

test.each(scenarioNames())('%s of the package is valid by the schema too', (name) => {
  isValid(parse(readScenario(name)));
  expect(isValid.errors).toBeNull();
});

const BASE = { title: 'x', lasts: '1h' };
const STEPS: readonly Record<string, unknown>[] = [
  {
    at: '1m',
    incident: 'quiet',
    id: 'a',
    for: '1m',
    severity: 1,
    'at-once': true,
    announced: false,
    'red-herrings': true,
  },
  { at: '1m', deploy: 'api', version: '1' },
  { at: '1m', stop: 'api', for: '5m' },
  { at: '1m', kill: 'api' },
  { at: '1m', ratios: { all: 1 }, for: '5m' },
  { at: '1m', traffic: 2, for: '5m' },
  { at: '1m' },
  { kill: 'api' },
  { at: '1m', kill: 'api', stop: 'api' },
  { at: '1m', traffic: 20, for: '5m' },
  { at: '1m', incident: 'quiet', severity: 2 },
  { at: '1m', incident: 'quiet', id: 'a b' },
  { at: '1 m', kill: 'api' },
  { at: '1m', kill: 'api', unknown: 1 },
  { at: '1m', ratios: { all: 11 } },
];

test.each(STEPS)('schema and parser agree about %j', (step) => {
  const file = { ...BASE, steps: [step] };
  expect(isValid(file)).toBe('scenario' in parseScenario(JSON.stringify(file), context));
});

test.each([
  {},
  { seed: 1.5 },
  { rate: 0 },
  { traffic: 'wild' },
  { loop: 1 },
  { ratios: { all: -1 } },
  { lasts: '5' },
  { more: 1 },
])('schema and parser agree about a file with %j', (change) => {
  const file = { ...BASE, steps: [], ...change };
  expect(isValid(file)).toBe('scenario' in parseScenario(JSON.stringify(file), context));
});
