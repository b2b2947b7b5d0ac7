import type { PageEvent } from '../state/page-event.ts';
import type { PageState } from '../state/page-state.ts';
import { byId, setText } from './dom.ts';
import { formatDuration, plural } from './format.ts';
import { LogList } from './log-list.ts';

/** A dialog with all lines of one request. */
export function createStoryView(dispatch: (event: PageEvent) => void): (state: PageState) => void {
  const dialog = byId('story', HTMLDialogElement);
  const title = byId('story-title', HTMLElement);
  const note = byId('story-note', HTMLElement);
  const list = new LogList(byId('story-rows', HTMLElement), () => {});
  let shown: PageState['story'] = null;
  dialog.addEventListener('close', () => dispatch({ type: 'story-closed' }));
  byId('story-close', HTMLButtonElement).addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
  return ({ story }) => {
    if (!story) {
      if (dialog.open) dialog.close();
      return;
    }
    if (story === shown) return;
    shown = story;
    setText(title, `Request ${story.requestId}`);
    setText(note, describe(story));
    list.clear();
    list.render(story.rows.map((row, id) => ({ ...row, id })));
    if (!dialog.open) dialog.showModal();
  };
}

function describe({ rows }: NonNullable<PageState['story']>): string {
  const times = rows.map(({ time }) => Date.parse(time)).filter((time) => !Number.isNaN(time));
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined) return 'No line of it is kept here any more; app.log has them all.';
  const services = new Set(rows.map(({ service }) => service));
  const took = last - first < 1_000 ? `${last - first} ms` : formatDuration(last - first);
  return `${plural(rows.length, 'line')} of ${plural(services.size, 'service')}, ${took}`;
}
