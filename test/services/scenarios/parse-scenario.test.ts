import { expect, test } from 'vitest';
import { incidentTypes } from '../../../services/incidents/index.ts';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { findScenario, readScenario, scenarioNames } from '../../../services/scenarios/find-scenario.ts';
import { parseScenario } from '../../../services/scenarios/parse-scenario.ts';

const context = { catalog: await loadCatalog(), types: incidentTypes };

const mistakesIn = (text: string): string[] => {
  const parsed = parseScenario(text, context);
  if ('scenario' in parsed) return [];
  return parsed.mistakes.map(({ line, column, problem }) => `${line}:${column}: ${problem}`);
};

const FULL = `
title: Everything that a scenario can say
seed: 7
rate: 25
traffic: daily
ratios: { all: 0.5, api: 1 }
lasts: 2h
loop: true
steps:
  - { at: 0s, deploy: notification, version: 2.31.0 }
  - at: 50m
    incident: payment-provider-down
    id: outage
    target: stripe
    for: 19m
    severity: 0.5
    at-once: true
    announced: false
    red-herrings: false
  - { at: 1h, kill: payment }
  - { at: 1h5m, stop: auth, for: 30s }
  - { at: 1h10m, ratios: { all: 1, api: 2 }, for: 5m }
  - { at: 1h20m, traffic: 2, for: 10m }
`;

test('everything that a scenario can say is understood', () => {
  expect(parseScenario(FULL, context)).toEqual({
    scenario: {
      title: 'Everything that a scenario can say',
      seed: 7,
      rate: 25,
      traffic: 'daily',
      ratios: { api: 1, auth: 0.5, inventory: 0.5, notification: 0.5, payment: 0.5 },
      lastsMs: 7_200_000,
      isLoop: true,
      steps: [
        { atMs: 0, kind: 'deploy', service: 'notification', version: '2.31.0' },
        {
          atMs: 3_000_000,
          kind: 'incident',
          type: 'payment-provider-down',
          id: 'outage',
          target: 'stripe',
          forMs: 1_140_000,
          severity: 0.5,
          isAtOnce: true,
          isAnnounced: false,
          hasRedHerrings: false,
        },
        { atMs: 3_600_000, kind: 'kill', service: 'payment' },
        { atMs: 3_900_000, kind: 'stop', service: 'auth', forMs: 30_000 },
        {
          atMs: 4_200_000,
          kind: 'ratios',
          ratios: { api: 2, auth: 1, inventory: 1, notification: 1, payment: 1 },
          forMs: 300_000,
        },
        { atMs: 4_800_000, kind: 'traffic', factor: 2, forMs: 600_000 },
      ],
    },
  });
});

test('JSON is understood too, and what is left out has a calm level and no loop', () => {
  const text = JSON.stringify({ title: 'x', lasts: '10m', steps: [] });
  const ratios = { api: 0.3, auth: 0.3, inventory: 0.3, notification: 0.3, payment: 0.3 };
  expect(parseScenario(text, context)).toEqual({
    scenario: { title: 'x', ratios, lastsMs: 600_000, isLoop: false, steps: [] },
  });
});

const BASE = 'title: x\nlasts: 1h\nsteps:\n';
const MISTAKES: readonly [what: string, text: string, ...mistakes: string[]][] = [
  ['no YAML', 'title: "x\n', '2:1: Missing closing "quote'],
  ['a list', '- 1\n', '1:1: [1] is not an object with title, seed, rate'],
  ['nothing', '', '1:1: null is not an object'],
  ['an unknown key', `${BASE}  []\nstep: 1`, '5:1: step: unknown; known here: title'],
  ['no title', 'lasts: 1h\nsteps: []', '1:1: title: nothing is not a text'],
  ['no length', 'title: x\nsteps: []', '1:1: lasts: nothing is invalid; use a length of time such as 90s, 24h'],
  ['a length without a unit', 'title: x\nlasts: 60\nsteps: []', '2:1: lasts: 60 is invalid; use a length'],
  [
    'a length that is too short',
    `title: x\nlasts: 5m\nsteps:\n  - { at: 5m, kill: api }`,
    '2:1: lasts: "5m" is over before',
  ],
  ['no steps', 'title: x\nlasts: 1h', '1:1: steps: nothing is not a list'],
  ['a seed with a fraction', `seed: 1.5\n${BASE}  []`, '1:1: seed: 1.5 is not a whole number from 0'],
  ['a rate of nothing', `rate: 0\n${BASE}  []`, '1:1: rate: 0 is not a number from 0.1'],
  ['an unknown traffic', `traffic: wild\n${BASE}  []`, '1:1: traffic: "wild" is unknown; use steady, bursty, daily'],
  ['a loop of text', `loop: "yes"\n${BASE}  []`, '1:1: loop: "yes" is neither true nor false'],
  ['a ratio above ten', `ratios: { api: 11 }\n${BASE}  []`, '1:11: ratios.api: 11 is not a ratio; use 0 to 10'],
  ['a ratio of nobody', `ratios: { apy: 1 }\n${BASE}  []`, '1:11: ratios.apy: unknown; known here: all, api'],
  ['a step that does nothing', `${BASE}  - { at: 1m }`, '4:5: steps[0]: does nothing; use one of incident, deploy'],
  ['a step that does two things', `${BASE}  - { at: 1m, kill: api, stop: api }`, '4:5: steps[0]: has stop and kill'],
  ['a step without a time', `${BASE}  - { kill: api }`, '4:5: steps[0].at: nothing is invalid'],
  ['a step of nobody', `${BASE}  - { at: 1m, kill: apy }`, '4:15: steps[0].kill: "apy" is unknown; use api, auth'],
  [
    'a key of another kind',
    `${BASE}  - { at: 1m, kill: api, for: 1m }`,
    '4:26: steps[0].for: has no meaning for kill; use at, kill',
  ],
  [
    'an unknown incident',
    `${BASE}  - { at: 1m, incident: fire }`,
    '4:15: steps[0].incident: "fire" is unknown; use payment',
  ],
  [
    'an id with blanks',
    `${BASE}  - { at: 1m, incident: quiet, id: a b }`,
    '4:32: steps[0].id: "a b" is invalid; use up to 64 letters',
  ],
  [
    'a target of one without',
    `${BASE}  - { at: 1m, incident: quiet, target: x }`,
    '4:32: steps[0].target: quiet has no choice',
  ],
  [
    'an unknown target',
    `${BASE}  - { at: 1m, incident: payment-provider-down, target: x }`,
    '4:48: steps[0].target: "x" is unknown; use adyen, stripe',
  ],
  [
    'a severity of two',
    `${BASE}  - { at: 1m, incident: quiet, severity: 2 }`,
    '4:32: steps[0].severity: 2 is not a number from 0.1 to 1',
  ],
  ['traffic without an end', `${BASE}  - { at: 1m, traffic: 2 }`, '4:5: steps[0]: has no end; add a length'],
  [
    'too much traffic',
    `${BASE}  - { at: 1m, traffic: 20, for: 1m }`,
    '4:15: steps[0].traffic: 20 is not a number from 0.1 to 10',
  ],
  [
    'several',
    `${BASE}  - { at: 1m, kill: apy }\n  - { at: x, kill: api }\nloop: 3`,
    '4:15: steps[0].kill',
    '5:7: steps[1].at',
    '6:1: loop: 3',
  ],
];

test.each(MISTAKES)('a file with %s is refused, with line and column', (_what, text, ...expected) => {
  const found = mistakesIn(text);
  expect(found).toHaveLength(expected.length);
  for (const [index, mistake] of expected.entries()) expect(found[index]).toContain(mistake);
});

test('aliases that multiply are refused and do not fill the memory', () => {
  const levels = Array.from(
    { length: 12 },
    (_, level) =>
      `l${level}: &l${level} [${Array(9)
        .fill(`*l${level - 1}`)
        .join(', ')}]`,
  );
  const text = `l: &l-1 [x]\n${levels.join('\n')}\n`;
  expect(mistakesIn(text).length).toBeGreaterThan(0);
});

test.each(scenarioNames())('the scenario %s of the package is valid', (name) => {
  expect(mistakesIn(readScenario(name))).toEqual([]);
  expect(findScenario(name, context).steps.length).toBeGreaterThan(0);
});
