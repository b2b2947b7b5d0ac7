import type { PageEvent } from '../state/page-event.ts';
import type { PageState } from '../state/page-state.ts';
import { button, byId, element } from './dom.ts';

/** What went wrong last, until it is dismissed. */
export function createProblemView(dispatch: (event: PageEvent) => void): (state: PageState) => void {
  const root = byId('problem', HTMLElement);
  return ({ problem }) => {
    if (problem === null) root.replaceChildren();
    else {
      const dismiss = button('Dismiss', () => dispatch({ type: 'problem', message: null }));
      root.replaceChildren(element('span', '', problem), dismiss);
    }
  };
}
