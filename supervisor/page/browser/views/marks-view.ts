import type { Mark } from '../../../../shared/page-api.ts';
import type { PageState } from '../state/page-state.ts';
import { byId, element } from './dom.ts';
import { formatTime } from './format.ts';

const MOST = 100;

/** The list of what an operator, a scenario or the supervisor did, the latest first. */
export function createMarksView(): (state: PageState) => void {
  const list = byId('marks', HTMLOListElement);
  // The keyboard scrolls only what has the focus.
  byId('marks-scroll', HTMLElement).tabIndex = 0;
  let shown: readonly Mark[] = [];
  return ({ fleet }) => {
    const marks = fleet?.marks.slice(-MOST).reverse() ?? [];
    // What was shown stays the same element.
    const added = shown[0] ? marks.indexOf(shown[0]) : -1;
    if (added < 0) list.replaceChildren(...marks.map(toItem));
    else list.prepend(...marks.slice(0, added).map(toItem));
    while (list.children.length > marks.length) list.lastElementChild?.remove();
    shown = marks;
  };
}

function toItem({ at, level, text }: Mark): HTMLElement {
  const time = element('time', '', formatTime(at));
  time.dateTime = new Date(at).toISOString();
  const item = element('li', '', time, ' ', element('bdi', '', text));
  item.dataset.level = level;
  return item;
}
