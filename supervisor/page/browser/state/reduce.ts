import type { PageEvent } from './page-event.ts';
import type { Connection, PageState } from './page-state.ts';
import { reduceActions } from './reduce-actions.ts';
import { reduceFleet } from './reduce-fleet.ts';
import { reduceRatios } from './reduce-ratios.ts';
import { reduceStory } from './reduce-story.ts';
import { reduceTail } from './reduce-tail.ts';

/** The state after an event. A part that the event does not concern stays the same object. */
export function reduce(state: PageState, event: PageEvent): PageState {
  return {
    connection: reduceConnection(state.connection, event),
    fleet: reduceFleet(state.fleet, event),
    ratios: reduceRatios(state.ratios, event, state.fleet?.state.ratios ?? {}),
    actions: reduceActions(state.actions, event),
    chart: event.type === 'chart' ? { ...state.chart, ...event.settings } : state.chart,
    tail: reduceTail(state.tail, event),
    story: reduceStory(state.story, event),
    incidentTypes: event.type === 'incident-types' ? event.types : state.incidentTypes,
    scenarios: event.type === 'scenarios' ? event.scenarios : state.scenarios,
    problem: reduceProblem(state.problem, event),
  };
}

function reduceConnection(connection: Connection, event: PageEvent): Connection {
  if (event.type === 'fleet') {
    if (event.event.type === 'end') return { status: 'ended', reason: event.event.data.reason };
    return event.event.type === 'snapshot' ? { status: 'live' } : connection;
  }
  if (event.type !== 'connection') return connection;
  // That the connection of an ended fleet is lost too is no news.
  return connection.status === 'ended' && event.connection.status === 'lost' ? connection : event.connection;
}

/** A problem is shown until it is dismissed, the next one comes or something is done. */
function reduceProblem(problem: string | null, event: PageEvent): string | null {
  switch (event.type) {
    case 'problem':
      return event.message;
    case 'action-asked':
    case 'ratios-asked':
      return null;
    default:
      return problem;
  }
}
