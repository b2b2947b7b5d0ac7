import type { Incident } from '../../shared/incident.ts';
import type { PlannedKill, ScenarioPlan } from '../../shared/scenario-plan.ts';
import type { TimelineEntry, World } from '../../shared/world.ts';
import { NOTHING_PLANNED } from './plan-scenario.ts';

/** How long a service that is killed writes nothing until it is restarted, in ms, where nobody really kills it. */
const RESTART_MS = 400;

/** The world in which a plan is carried out from the begin of its timeline on; who is killed is down for a moment. */
export function worldOfScenario(world: World, { incidents, surges, kills }: ScenarioPlan): World {
  const planned = [...incidents, ...kills.map(outageOf)];
  const timeline = world.timeline.map((entry): TimelineEntry => ({ ...entry, incidents: planned }));
  return { ...world, surges, timeline: timeline as unknown as World['timeline'] };
}

export function outageOf({ at, service }: PlannedKill): Incident {
  const period = { from: at, to: at + RESTART_MS };
  const outages = [{ service, ...period }];
  return {
    ...NOTHING_PLANNED,
    id: `kill-${service}-${at}`,
    type: 'kill',
    title: `${service} is killed`,
    ...period,
    outages,
  };
}
