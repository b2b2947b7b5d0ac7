import type { Commands } from '../commands.ts';
import type { PageState } from '../state/page-state.ts';
import { byId, keepChildren } from './dom.ts';
import { ServiceRow } from './service-row.ts';

/** One row for each service. */
export function createServicesView(commands: Commands): (state: PageState) => void {
  const list = byId('services', HTMLUListElement);
  const rows = new Map<string, ServiceRow>();
  const items = new Map<string, HTMLLIElement>();
  return (state) => {
    if (!state.fleet) return;
    const names = state.fleet.state.services.map(({ name }) => name);
    keepChildren(list, items, names, (name) => {
      const row = new ServiceRow(name, commands);
      rows.set(name, row);
      return row.root;
    });
    for (const status of state.fleet.state.services) rows.get(status.name)?.render(status, state.fleet, state);
  };
}
