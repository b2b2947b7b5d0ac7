import type { LogRow } from '../log/log-row.ts';
import { button, element } from './dom.ts';
import { formatCount } from './format.ts';

/**
 * Rows of the log in an element that scrolls. Only what is new is added and what is gone removed; arrow keys move between
 * the request ids, so that a thousand of them are one stop of the Tab key.
 */
export class LogList {
  readonly root: HTMLElement;
  readonly #onRequest: (requestId: string) => void;
  readonly #shown: { readonly id: number; readonly element: HTMLElement }[] = [];

  constructor(root: HTMLElement, onRequest: (requestId: string) => void) {
    this.root = root;
    this.#onRequest = onRequest;
    // The keyboard scrolls only what has the focus.
    root.tabIndex = 0;
    root.addEventListener('keydown', (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (step && !event.ctrlKey && !event.metaKey && !event.altKey && this.#moveFocus(step)) event.preventDefault();
    });
  }

  /** @param rows ascending by id; a row that was shown and is among them stays as it is */
  render(rows: readonly LogRow[]): void {
    const first = rows[0]?.id ?? Number.POSITIVE_INFINITY;
    const gone = this.#shown.findIndex(({ id }) => id >= first);
    for (const { element } of this.#shown.splice(0, gone < 0 ? this.#shown.length : gone)) element.remove();
    const last = this.#shown.at(-1)?.id ?? -1;
    const added = document.createDocumentFragment();
    for (const row of rows) {
      if (row.id <= last) continue;
      const element = this.#create(row);
      this.#shown.push({ id: row.id, element });
      added.append(element);
    }
    this.root.append(added);
  }

  /** Forgets what is shown: the next rows are of something else. */
  clear(): void {
    this.#shown.length = 0;
    this.root.replaceChildren();
  }

  #create(row: LogRow): HTMLElement {
    if (row.skipped > 0) return element('div', 'row gap', `⋯ ${formatCount(row.skipped)} lines are not shown ⋯`);
    const { time, level, service, message, requestId } = row;
    if (level === null) return element('div', 'row', element('bdi', '', message));
    const root = element(
      'div',
      'row',
      element('span', 'row-date', time.slice(0, 11)),
      element('span', 'row-time', time.slice(11)),
      ' ',
    );
    root.dataset.level = level;
    const [before = '', ...after] = requestId === null ? [message] : message.split(requestId);
    const text = element('bdi', 'row-text', before);
    if (requestId !== null) {
      const link = button(requestId, () => this.#onRequest(requestId));
      link.className = 'request';
      link.tabIndex = -1;
      text.append(link, after.join(requestId));
    }
    root.append(
      element('span', 'row-level', `[${level}]`),
      ' ',
      element('span', 'row-service', `[${service}]:`),
      ' ',
      text,
    );
    return root;
  }

  #moveFocus(step: number): boolean {
    const links = [...this.root.querySelectorAll<HTMLButtonElement>('.request')];
    const current = links.indexOf(document.activeElement as HTMLButtonElement);
    const next = current < 0 ? links.at(-1) : links[current + step];
    next?.focus();
    return next !== undefined;
  }
}
