import type { PageEvent } from './page-event.ts';
import type { PageState } from './page-state.ts';

export function reduceActions(actions: PageState['actions'], event: PageEvent): PageState['actions'] {
  switch (event.type) {
    case 'action-asked':
      return { ...actions, [event.service]: event.action };
    case 'action-answered': {
      const { [event.service]: _answered, ...others } = actions;
      return others;
    }
    default:
      return actions;
  }
}
