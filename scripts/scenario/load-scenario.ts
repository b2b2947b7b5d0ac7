import type { ServiceDefinition } from '../../services/definition/definition.ts';
import type { ScenarioContext } from '../../services/scenarios/scenario-context.ts';
import type { World } from '../../shared/world.ts';
import type { LiveScenario } from '../../supervisor/scenario/live-scenario.ts';
import type { ParsedArgs } from '../cli/command.ts';
import type { WorldDefaults } from '../cli/world-settings.ts';

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
 * Reads the scenario that was asked for; undefined when none was. Only then anything is loaded for it.
 * @param definitions of the user's own services
 * @throws {UserError} `bad-scenario`
 */
export async function loadScenario(
  { values }: ParsedArgs,
  definitions: readonly ServiceDefinition[],
): Promise<LoadedScenario | undefined> {
  const name = values.get('scenario');
  if (name === undefined) return undefined;
  const { findScenario } = await import('../../services/scenarios/find-scenario.ts');
  const context = await loadScenarioContext(definitions);
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

/** What scenarios may name. */
export async function loadScenarioContext(definitions: readonly ServiceDefinition[]): Promise<ScenarioContext> {
  const { loadCatalog } = await import('../../services/load-catalog.ts');
  const { incidentTypes } = await import('../../services/incidents/index.ts');
  return { catalog: await loadCatalog(definitions), types: incidentTypes };
}
