import type { PageEvent } from '../state/page-event.ts';
import type { PageState, TailView as Tail } from '../state/page-state.ts';
import { byId, setText } from './dom.ts';
import { formatCount, plural } from './format.ts';
import { LogList } from './log-list.ts';
import { pauseWhenRead } from './pause-when-read.ts';
import { fillServices } from './service-options.ts';

/** A filter that is being typed is applied after so long without a key, in ms. */
const TYPING_MS = 250;

/** The live log: follows its end until it is paused or scrolled back. */
export function createTailView(dispatch: (event: PageEvent) => void): (state: PageState) => void {
  const root = byId('tail', HTMLElement);
  const note = byId('tail-note', HTMLElement);
  const hint = note.textContent;
  const pause = byId('tail-pause', HTMLButtonElement);
  const service = byId('tail-service', HTMLSelectElement);
  const levels = byId('tail-levels', HTMLSelectElement);
  const text = byId('tail-text', HTMLInputElement);
  const list = new LogList(root, (requestId) => dispatch({ type: 'story-opened', requestId }));
  let isPaused = false;

  let typing = 0;
  const filter = () => {
    clearTimeout(typing);
    dispatch({
      type: 'tail-filter',
      filter: { service: service.value, levels: levels.value, text: text.value.trim() },
    });
  };
  service.addEventListener('change', filter);
  levels.addEventListener('change', filter);
  text.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(filter, TYPING_MS);
  });
  byId('tail-filter', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    filter();
  });
  pause.addEventListener('click', () => dispatch({ type: isPaused ? 'tail-resumed' : 'tail-paused' }));
  pauseWhenRead(root, () => dispatch({ type: 'tail-paused' }));

  return ({ tail, fleet }) => {
    if (fleet) fillServices(service, [...fleet.state.services.map(({ name }) => name), 'supervisor']);
    isPaused = tail.frozen !== null;
    setText(pause, isPaused ? 'Go on' : 'Pause');
    pause.ariaPressed = String(isPaused);
    setText(note, describe(tail) || hint);
    list.render(tail.frozen ?? tail.rows);
    if (!isPaused) root.scrollTop = root.scrollHeight;
  };
}

function describe({ frozen, nextId, skipped }: Tail): string {
  const parts: string[] = [];
  if (frozen) {
    const since = nextId - 1 - (frozen.at(-1)?.id ?? nextId - 1);
    parts.push(`Paused; ${plural(since, 'newer line')}.`);
  }
  if (skipped > 0) parts.push(`Showing a sample: ${formatCount(skipped)} lines skipped.`);
  return parts.join(' ');
}
