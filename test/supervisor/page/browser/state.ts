/** States and events of the page for its tests. */

import type { FleetEvent, FleetState, Snapshot } from '../../../../shared/page-api.ts';
import type { PageEvent } from '../../../../supervisor/page/browser/state/page-event.ts';
import { INITIAL_STATE, type PageState } from '../../../../supervisor/page/browser/state/page-state.ts';
import { reduce } from '../../../../supervisor/page/browser/state/reduce.ts';

/** A time of the fleet, and of the browser. */
export const NOW = 1_800_000_000_000;

export const FLEET_STATE: FleetState = {
  now: NOW,
  services: [],
  ratios: { api: 2, auth: 2 },
  inEffect: { api: 2, auth: 2 },
  incidents: [],
};

export const SNAPSHOT: Snapshot = {
  fleet: {
    pid: 1,
    startedAt: NOW - 10_000,
    logFile: '/demo/app.log',
    seed: 1,
    rate: 10,
    traffic: 'bursty',
    isBlind: false,
    scenario: null,
  },
  state: FLEET_STATE,
  history: [],
  marks: [],
};

export function fleetEvent(event: FleetEvent, at = NOW): PageEvent {
  return { type: 'fleet', event, at };
}

/** The state after these events, in a page that has received a snapshot. */
export function stateAfter(...events: readonly PageEvent[]): PageState {
  return [fleetEvent({ type: 'snapshot', data: SNAPSHOT }), ...events].reduce(reduce, INITIAL_STATE);
}
