/** What scenarios do, for people to read. */

import { formatLength } from '../../services/scenarios/duration.ts';
import { findScenario, scenarioNames } from '../../services/scenarios/find-scenario.ts';
import { planScenario } from '../../services/scenarios/plan-scenario.ts';
import type { Scenario } from '../../services/scenarios/scenario.ts';
import type { ScenarioContext } from '../../services/scenarios/scenario-context.ts';
import { DEFAULTS } from '../../shared/defaults.ts';
import { type Incident, movedServices } from '../../shared/incident.ts';
import { ratioInEffect } from '../../shared/ratios-in-effect.ts';
import type { ScenarioPlan } from '../../shared/scenario-plan.ts';
import { formatTable } from '../cli/table.ts';

/** One thing that a scenario does. Times in ms: since its begin, or since the epoch where that is known. */
interface PlannedItem {
  readonly from: number;
  readonly to: number | undefined;
  readonly what: string;
  /** Ratios that move, with the highest that they reach. */
  readonly ratios: string;
}

/** The scenarios of the package. */
export function listScenarios(context: ScenarioContext) {
  return scenarioNames().map((name) => {
    const { title, lastsMs, isLoop } = findScenario(name, context);
    return { name, lasts: `${formatLength(lastsMs)}${isLoop ? ', again and again' : ''}`, title };
  });
}

/**
 * What a scenario does, in the order of time; of a loop the first round.
 * @param from when it begins, in ms since the epoch; undefined if that is not known
 * @throws {UserError} `bad-scenario`
 */
export function planOf(name: string, context: ScenarioContext, from: number | undefined) {
  const scenario = findScenario(name, context);
  const begin = from ?? 0;
  const seed = scenario.seed ?? DEFAULTS.seed;
  const plan = planScenario(scenario, context, seed, { from: begin, until: begin + 1 });
  const time = (ms: number): string => (from === undefined ? formatLength(ms) : new Date(ms).toISOString());
  const rows = itemsOfPlan(plan, scenario).map(({ from: at, to, what, ratios }) => {
    const isOpen = to === undefined || to > begin + scenario.lastsMs;
    return [time(at), isOpen ? '' : time(to), what, ratios];
  });
  const head = `${scenario.title}\nlasts ${formatLength(scenario.lastsMs)}${scenario.isLoop ? ', then begins again' : ''}`;
  return {
    json: { ...scenario, plan },
    text: `${head}\n\n${formatTable(['FROM', 'TO', 'WHAT', 'RATIOS'], rows)}`,
  };
}

/** What a plan of the scenario consists of, in the order of time. */
export function itemsOfPlan({ incidents, surges, kills }: ScenarioPlan, scenario: Scenario): readonly PlannedItem[] {
  const items: PlannedItem[] = [
    ...incidents.flatMap((incident) => itemsOf(incident, scenario)),
    ...surges.map((surge) => ({ ...surge, what: `traffic times ${surge.factor}`, ratios: '' })),
    ...kills.map(({ at, service }) => ({ from: at, to: undefined, what: `${service} is killed`, ratios: '' })),
  ];
  return items.sort((a, b) => a.from - b.from);
}

/** Its phases, or what it is where it has none; then its red herrings. */
function itemsOf(incident: Incident, { ratios }: Scenario): readonly PlannedItem[] {
  const { id, title, phases, redHerrings } = incident;
  const [first, ...more] = phases;
  const peaks = peaksOf(incident, ratios);
  if (!first) return [{ from: incident.from, to: incident.to, what: title, ratios: peaks }];
  return [
    { ...first, what: `${id}: ${first.name}: ${title}`, ratios: peaks },
    ...more.map((phase) => ({ ...phase, what: `${id}: ${phase.name}`, ratios: '' })),
    ...redHerrings.map(({ from, to, what, why }) => ({
      from,
      to,
      what: `${id}: red herring: ${what} (${why})`,
      ratios: '',
    })),
  ];
}

/** `payment 0.3 -> 2.99, api 0.3 -> 0.75` */
function peaksOf(incident: Incident, ratios: Scenario['ratios']): string {
  const instants = [
    ...incident.rises.flatMap(({ points }) => points.map(({ at }) => at)),
    ...incident.ratios.map(({ from }) => from),
  ];
  return movedServices(incident)
    .map((service) => {
      const reached = instants.map((at) => ratioInEffect({ ratios, incidents: [incident] }, service, at));
      return `${service} ${ratios[service]} -> ${Math.max(...reached)}`;
    })
    .join(', ');
}
