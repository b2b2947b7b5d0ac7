import type { ServiceDefinition } from '../../services/definition/definition.ts';
import { findScenario, scenarioNames } from '../../services/scenarios/find-scenario.ts';
import { planScenario } from '../../services/scenarios/plan-scenario.ts';
import type { Scenario } from '../../services/scenarios/scenario.ts';
import type { ScenarioContext } from '../../services/scenarios/scenario-context.ts';
import { withPackageManager } from '../../shared/package-manager.ts';
import type { ScenarioInfo, ScenarioTimeline } from '../../shared/page-api.ts';
import type { ScenarioCatalogue } from '../../supervisor/scenario/scenario-catalogue.ts';
import { loadScenarioContext } from './load-scenario.ts';
import { itemsOfPlan } from './show-scenario.ts';

/** What scenarios of a fleet may name, and the seed of its world. */
interface FleetContext {
  readonly definitions: readonly ServiceDefinition[];
  /** Of modules with incident types of the user's own. */
  readonly incidentPaths: readonly string[];
  readonly seed: number;
}

/**
 * The scenarios of a fleet, loaded when they are first asked for.
 * @param running name or path of the one that it was started with
 */
export function scenarioCatalogue(
  running: string | null,
  { definitions, incidentPaths, seed }: FleetContext,
): ScenarioCatalogue {
  let loading: ReturnType<typeof load> | undefined;
  const load = async () => {
    const context = await loadScenarioContext(definitions, incidentPaths);
    return { context, scenario: running === null ? undefined : findScenario(running, context) };
  };
  return {
    running,
    async list(from, now) {
      loading ??= load();
      const { context, scenario } = await loading;
      const timeline = scenario && timelineOf(scenario, context, { seed, from, now });
      return {
        running: timeline ? { name: running as string, ...timeline } : null,
        available: scenarioNames().map(
          (name): ScenarioInfo => ({
            name,
            title: findScenario(name, context).title,
            command: withPackageManager(`npm start -- --scenario ${name} --page`),
          }),
        ),
      };
    },
  };
}

/** Of a loop the present round and the next. */
function timelineOf(
  scenario: Scenario,
  context: ScenarioContext,
  { seed, from, now }: { readonly seed: number; readonly from: number; readonly now: number },
): Omit<ScenarioTimeline, 'name'> {
  const { title, isLoop, lastsMs } = scenario;
  const firstRound = isLoop ? Math.max(0, Math.floor((now - from) / lastsMs)) : 0;
  const until = from + (firstRound + 2) * lastsMs;
  const plan = planScenario(scenario, context, seed, { from, until, firstRound });
  const steps = itemsOfPlan(plan, scenario).map((item) => ({ at: item.from, what: item.what }));
  return { title, steps };
}
