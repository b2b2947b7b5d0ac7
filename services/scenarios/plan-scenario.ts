import { LIMITS } from '../../shared/defaults.ts';
import type { Incident, Period } from '../../shared/incident.ts';
import type { PlannedKill, ScenarioPlan } from '../../shared/scenario-plan.ts';
import type { Surge } from '../../shared/world.ts';
import { ROLLOUT_MS } from '../incidents/plan-faults.ts';
import { resolveIncident } from '../incidents/resolve-incident.ts';
import type { Scenario, Step } from './scenario.ts';
import type { ScenarioContext } from './scenario-context.ts';

/** A round of a scenario: how often it was played before, and from when to when it is. */
interface Round extends Period {
  readonly number: number;
}

/** What is common to all that is not an incident of the catalogue. */
export const NOTHING_PLANNED = {
  severity: 1,
  phases: [],
  faults: [],
  rises: [],
  ratios: [],
  deploys: [],
  outages: [],
  redHerrings: [],
  startedBy: 'scenario',
} as const satisfies Partial<Incident>;

/**
 * Plans a scenario that begins at an instant.
 * @param from when it begins, in ms since the epoch
 * @param until rounds of a loop that begin before this instant are planned, in ms since the epoch
 * @param seed of the world
 * @param firstRound rounds before this one are left out; 0 by default
 */
export function planScenario(
  scenario: Scenario,
  context: ScenarioContext,
  seed: number,
  { from, until, firstRound = 0 }: { readonly from: number; readonly until: number; readonly firstRound?: number },
): ScenarioPlan {
  const plan = { incidents: [] as Incident[], surges: [] as Surge[], kills: [] as PlannedKill[] };
  for (const round of roundsOf(scenario, from, until)) {
    if (round.number < firstRound) continue;
    for (const [index, step] of scenario.steps.entries()) {
      const id = idOf(scenario, index, round.number);
      const at = round.from + step.atMs;
      const end = 'forMs' in step && step.forMs !== undefined ? at + step.forMs : round.to;
      const period = { from: at, to: Math.min(end, LIMITS.time.max) };
      if (step.kind === 'kill') plan.kills.push({ at, service: step.service });
      else if (step.kind === 'traffic') plan.surges.push({ ...period, factor: step.factor });
      else plan.incidents.push(planStep(step, id, period, context, seed));
    }
  }
  return plan;
}

function planStep(
  step: Exclude<Step, { kind: 'kill' | 'traffic' }>,
  id: string,
  period: Period,
  { catalog, types }: ScenarioContext,
  seed: number,
): Incident {
  const common = { id, type: step.kind, ...period, ...NOTHING_PLANNED };
  switch (step.kind) {
    case 'incident': {
      const type = types.find(({ name }) => name === step.type);
      if (!type) throw new Error(`No incident type ${step.type}`);
      const { kind, type: _, atMs, forMs: faultMs, ...options } = step;
      const length = faultMs === undefined ? {} : { faultMs };
      return resolveIncident(type, catalog, seed, {
        ...options,
        ...length,
        id,
        at: period.from,
        startedBy: 'scenario',
      });
    }
    case 'deploy': {
      const { service, version } = step;
      const rollout = { from: period.from, to: period.from + ROLLOUT_MS };
      const deploys = [{ service, ...rollout, ...(version !== undefined && { version }) }];
      return { ...common, ...rollout, title: `release of ${service}`, deploys };
    }
    case 'stop':
      return { ...common, title: `${step.service} is stopped`, outages: [{ service: step.service, ...period }] };
    case 'ratios': {
      const ratios = Object.entries(step.ratios).map(([service, ratio]) => ({ service, ratio, ...period }));
      return { ...common, title: `ratios are changed`, ratios };
    }
    default:
      return step satisfies never;
  }
}

/** A scenario that is no loop has one round, at the end of which what has no end of its own goes on. */
function* roundsOf({ lastsMs, isLoop }: Scenario, from: number, until: number): Generator<Round> {
  if (!isLoop) {
    yield { number: 0, from, to: LIMITS.time.max };
    return;
  }
  for (let number = 0; from + number * lastsMs < until; number++) {
    yield { number, from: from + number * lastsMs, to: from + (number + 1) * lastsMs };
  }
}

/** Its own or one of its kind and number, and the round after the first one. */
function idOf({ steps, isLoop }: Scenario, index: number, round: number): string {
  const nameOf = (step: Step): string => (step.kind === 'incident' ? step.type : step.kind);
  const step = steps[index] as Step;
  const own = step.kind === 'incident' ? step.id : undefined;
  const number = steps.slice(0, index + 1).filter((other) => nameOf(other) === nameOf(step)).length;
  const id = own ?? `${nameOf(step)}-${number}`;
  return isLoop ? `${id}-round-${round + 1}` : id;
}
