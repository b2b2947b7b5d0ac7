import type { ServiceDefinition } from '../../services/definition/definition.ts';
import type { IncidentType } from '../../services/incidents/incident-type.ts';
import type { ScenarioContext } from '../../services/scenarios/scenario-context.ts';
import type { World } from '../../shared/world.ts';
import type { LiveScenario } from '../../supervisor/scenario/live-scenario.ts';
import type { ParsedArgs } from '../cli/command.ts';
import { incidentPaths, type WorldDefaults } from '../cli/world-settings.ts';

/** A scenario that was asked for with `--scenario`. */
interface LoadedScenario {
  /** What it says instead of the defaults; `lengthMs` is how long it is, unless it goes on for ever. */
  readonly defaults: WorldDefaults & { readonly lengthMs?: number };
  /** The world in which it is played from the begin of the timeline; a loop until an instant, in ms since the epoch. */
  worldFrom(world: World, until: number): World;
  /** The same while services run. */
  live(seed: number): LiveScenario;
}

/**
 * Reads the scenario that was asked for, and the incident types of the user's own. Nothing is loaded without either.
 * @param typed what was typed after the command
 * @param definitions of the user's own services
 * @throws {UserError} `bad-scenario`, `bad-definition`, `module-failed`
 */
export async function loadPlans(
  { values }: ParsedArgs,
  typed: readonly string[],
  definitions: readonly ServiceDefinition[],
): Promise<{ readonly scenario?: LoadedScenario; readonly types: readonly IncidentType[] }> {
  const name = values.get('scenario');
  const paths = incidentPaths(typed);
  if (name === undefined && paths.length === 0) return { types: [] };
  const context = await loadScenarioContext(definitions, paths);
  if (name === undefined) return { types: context.own };
  return { scenario: await loadScenario(name, context), types: context.own };
}

async function loadScenario(name: string, context: ScenarioContext): Promise<LoadedScenario> {
  const { findScenario } = await import('../../services/scenarios/find-scenario.ts');
  const scenario = findScenario(name, context);
  const { planScenario } = await import('../../services/scenarios/plan-scenario.ts');
  const { worldOfScenario } = await import('../../services/scenarios/scenario-world.ts');
  const { RoundsOfScenario } = await import('../../services/scenarios/rounds-of-scenario.ts');
  const { isLoop, lastsMs } = scenario;
  return {
    defaults: { ...scenario, ...(isLoop ? {} : { lengthMs: lastsMs }) },
    worldFrom(world, until) {
      const from = world.timeline[0].at;
      return worldOfScenario(world, planScenario(scenario, context, world.seed, { from, until }));
    },
    live: (seed) => new RoundsOfScenario(scenario, context, seed),
  };
}

/**
 * What scenarios may name.
 * @param definitions of the user's own services
 * @param paths of modules with incident types of the user's own
 * @throws {UserError} `bad-definition`, `module-failed`
 */
export async function loadScenarioContext(
  definitions: readonly ServiceDefinition[],
  paths: readonly string[],
): Promise<ScenarioContext & { readonly own: readonly IncidentType[] }> {
  const { loadCatalog } = await import('../../services/load-catalog.ts');
  const { incidentTypes } = await import('../../services/incidents/index.ts');
  const catalog = await loadCatalog(definitions);
  if (paths.length === 0) return { catalog, types: incidentTypes, own: [] };
  const { loadOwnTypes } = await import('../../services/incidents/load-own-types.ts');
  const own = await loadOwnTypes(paths, catalog);
  return { catalog, types: [...incidentTypes, ...own], own };
}
