import type { FleetInfo, FleetState } from '../../../shared/page-api.ts';
import type { ControlContext } from '../../control/routes.ts';

/** What is told of a fleet once. */
export type FleetFacts = Pick<FleetInfo, 'startedAt' | 'isBlind' | 'scenario'>;

/** The fleet as a page begins with it. */
export function infoOf({ fleet, logFile }: Pick<ControlContext, 'fleet' | 'logFile'>, facts: FleetFacts): FleetInfo {
  const { seed, rate, traffic = 'steady' } = fleet.world;
  return { pid: process.pid, logFile, seed, rate, traffic, ...facts };
}

/** The fleet as it is now. */
export function stateOf({ fleet, incidents }: Pick<ControlContext, 'fleet' | 'incidents'>): FleetState {
  const { sharedWorld } = fleet;
  return {
    now: sharedWorld.toTimeStamp(sharedWorld.now),
    services: fleet.statuses(),
    ratios: fleet.ratios,
    inEffect: fleet.ratiosInEffect,
    incidents: incidents.statuses(),
  };
}

/** The same for two states between which nothing has changed but what always does. */
export function fingerprintOf({ services, ratios, inEffect, incidents }: FleetState): string {
  const steady = services.map(({ name, state, pid, restarts, nextTryAt, lastExit }) => {
    return [name, state, pid, restarts, nextTryAt, lastExit];
  });
  return JSON.stringify([steady, ratios, inEffect, incidents]);
}
