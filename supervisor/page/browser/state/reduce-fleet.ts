import { type FleetEvent, HISTORY_SECONDS, type Mark, type SecondOfCounts } from '../../../../shared/page-api.ts';
import type { PageEvent } from './page-event.ts';
import type { FleetView } from './page-state.ts';

export function reduceFleet(fleet: FleetView | null, event: PageEvent): FleetView | null {
  if (event.type === 'fleet') return reduceStream(fleet, event.event);
  if (event.type !== 'ratios-answered' || !fleet) return fleet;
  const { ratios, inEffect } = event.answer;
  return { ...fleet, state: { ...fleet.state, ratios, inEffect } };
}

function reduceStream(fleet: FleetView | null, event: FleetEvent): FleetView | null {
  if (event.type === 'snapshot') {
    const { fleet: info, state, history, marks } = event.data;
    return { info, state, history, marks };
  }
  if (!fleet) return null;
  switch (event.type) {
    case 'state':
      return { ...fleet, state: event.data };
    case 'counts':
      return { ...fleet, history: withSecond(fleet.history, event.data) };
    case 'mark':
      return { ...fleet, marks: withMark(fleet.marks, event.data) };
    case 'end':
      return fleet;
  }
}

/** A second that was sent before is replaced; those that are older than the history are dropped. */
function withSecond(history: readonly SecondOfCounts[], second: SecondOfCounts): readonly SecondOfCounts[] {
  let end = history.length;
  while (end > 0 && (history[end - 1] as SecondOfCounts).at >= second.at) end--;
  const isKnown = history[end]?.at === second.at;
  const all = [...history.slice(0, end), second, ...history.slice(isKnown ? end + 1 : end)];
  return dropBefore(all, (all.at(-1) as SecondOfCounts).at - HISTORY_SECONDS * 1000);
}

function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  let end = marks.length;
  while (end > 0 && (marks[end - 1] as Mark).at > mark.at) end--;
  return dropBefore([...marks.slice(0, end), mark, ...marks.slice(end)], mark.at - HISTORY_SECONDS * 1000);
}

function dropBefore<T extends { readonly at: number }>(items: readonly T[], at: number): readonly T[] {
  const first = items.findIndex((item) => item.at > at);
  return first > 0 ? items.slice(first) : items;
}
