import { expect, test } from 'vitest';
import { incidentTypes } from '../../../services/incidents/index.ts';
import { loadCatalog } from '../../../services/load-catalog.ts';
import { planScenario } from '../../../services/scenarios/plan-scenario.ts';
import type { Scenario, Step } from '../../../services/scenarios/scenario.ts';
import { LIMITS } from '../../../shared/defaults.ts';

const context = { catalog: await loadCatalog(), types: incidentTypes };
const FROM = Date.UTC(2026, 10, 6, 17);
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const scenario = (steps: readonly Step[], isLoop = false): Scenario => {
  return { title: 'x', ratios: {}, lastsMs: 60 * MINUTE, isLoop, steps };
};
const plan = (steps: readonly Step[], isLoop = false, until = FROM + 2.5 * 60 * MINUTE, firstRound = 0) => {
  return planScenario(scenario(steps, isLoop), context, 1, { from: FROM, until, firstRound });
};

test('an incident begins at its time, with its options', () => {
  const step: Step = {
    atMs: 5 * MINUTE,
    kind: 'incident',
    type: 'payment-provider-down',
    forMs: 7 * MINUTE,
    target: 'stripe',
  };
  const [incident] = plan([{ ...step, isAtOnce: true, hasRedHerrings: false }]).incidents;
  expect(incident).toMatchObject({ id: 'payment-provider-down-1', from: FROM + 5 * MINUTE, startedBy: 'scenario' });
  expect(incident?.root?.component).toBe('provider:stripe');
  expect(incident?.redHerrings).toEqual([]);
  const [first, second] = incident?.phases ?? [];
  expect([first?.name, second?.name, (second?.to ?? 0) - (first?.from ?? 0)]).toEqual(['onset', 'plateau', 7 * MINUTE]);
});

test.each([
  { isLoop: false, forMs: 2 * MINUTE, to: FROM + 12 * MINUTE },
  { isLoop: false, forMs: undefined, to: LIMITS.time.max },
  { isLoop: true, forMs: undefined, to: FROM + 60 * MINUTE },
])('a service is stopped for its time, or for the rest (loop $isLoop, for $forMs)', ({ isLoop, forMs, to }) => {
  const step = { atMs: 10 * MINUTE, kind: 'stop', service: 'auth', ...(forMs && { forMs }) } as const;
  const [incident] = plan([step], isLoop).incidents;
  expect(incident?.outages).toEqual([{ service: 'auth', from: FROM + 10 * MINUTE, to }]);
});

test('ratios, traffic, releases and kills come at their times', () => {
  const { incidents, surges, kills } = plan([
    { atMs: MINUTE, kind: 'ratios', ratios: { api: 3 }, forMs: MINUTE },
    { atMs: 2 * MINUTE, kind: 'traffic', factor: 2, forMs: MINUTE },
    { atMs: 3 * MINUTE, kind: 'deploy', service: 'api', version: '9' },
    { atMs: 4 * MINUTE, kind: 'kill', service: 'payment' },
  ]);
  expect(incidents[0]?.ratios).toEqual([{ service: 'api', ratio: 3, from: FROM + MINUTE, to: FROM + 2 * MINUTE }]);
  expect(surges).toEqual([{ factor: 2, from: FROM + 2 * MINUTE, to: FROM + 3 * MINUTE }]);
  expect(incidents[1]?.deploys).toMatchObject([{ service: 'api', version: '9', from: FROM + 3 * MINUTE }]);
  expect(kills).toEqual([{ at: FROM + 4 * MINUTE, service: 'payment' }]);
});

test('a loop begins again each time, with ids of its own, and a later round can be planned alone', () => {
  const steps: Step[] = [{ atMs: MINUTE, kind: 'incident', type: 'bad-deploy', id: 'bad' }];
  const all = plan(steps, true).incidents;
  expect(all.map(({ id, from }) => [id, (from - FROM) / MINUTE])).toEqual([
    ['bad-round-1', 1],
    ['bad-round-2', 61],
    ['bad-round-3', 121],
  ]);
  expect(plan(steps, true, FROM + 2.5 * 60 * MINUTE, 2).incidents).toEqual(all.slice(2));
  expect(plan(steps, true, FROM + DAY).incidents).toHaveLength(24);
});

test('incidents of one type have numbers in the order of the file', () => {
  const step = (atMs: number): Step => ({ atMs, kind: 'incident', type: 'quiet' });
  expect(plan([step(2), { atMs: 1, kind: 'stop', service: 'api' }, step(1)]).incidents.map(({ id }) => id)).toEqual([
    'quiet-1',
    'stop-1',
    'quiet-2',
  ]);
});
