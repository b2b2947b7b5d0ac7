import type { IncidentStatus } from '../../../../shared/incident-api.ts';
import type { Commands } from '../commands.ts';
import { inOrderOfInterest, isGoingOn } from '../state/incidents.ts';
import type { PageState } from '../state/page-state.ts';
import { button, byId, element, keepChildren, setText, setUsable } from './dom.ts';
import { formatDuration, formatTime } from './format.ts';

/** The incidents that are planned, going on or were until lately. */
export function createIncidentsView(commands: Commands): (state: PageState) => void {
  const list = byId('incidents', HTMLUListElement);
  const none = byId('no-incidents', HTMLElement);
  const cards = new Map<string, IncidentCard>();
  const items = new Map<string, HTMLLIElement>();
  return ({ fleet }) => {
    const incidents = inOrderOfInterest(fleet?.state.incidents ?? []);
    none.hidden = incidents.some(isGoingOn);
    keepChildren(
      list,
      items,
      incidents.map(({ id }) => id),
      (id) => {
        const card = new IncidentCard(id, commands);
        cards.set(id, card);
        return card.root;
      },
    );
    for (const incident of incidents) cards.get(incident.id)?.render(incident, fleet?.state.now ?? 0);
  };
}

class IncidentCard {
  readonly root: HTMLLIElement;
  readonly #title = element('p', 'incident-title');
  readonly #state = element('p', 'incident-state');
  readonly #phases = element('div', 'phases');
  readonly #ratios = element('p', 'note');
  readonly #stop: HTMLButtonElement;
  readonly #stopAtOnce: HTMLButtonElement;

  constructor(id: string, commands: Commands) {
    this.#stop = button('Stop', () => commands.stopIncident(id, false));
    this.#stopAtOnce = button('Stop at once', () => commands.stopIncident(id, true));
    this.#stop.ariaLabel = `Stop: ${id}`;
    this.#stopAtOnce.ariaLabel = `Stop at once: ${id}`;
    this.root = element(
      'li',
      'incident',
      element('h3', '', id),
      this.#title,
      this.#phases,
      this.#state,
      this.#ratios,
      element('div', 'actions', this.#stop, this.#stopAtOnce),
    );
  }

  render(incident: IncidentStatus, now: number): void {
    const { title, root, state, phases, ratios } = incident;
    this.root.dataset.state = state;
    setText(this.#title, root ? `${title} (${root.service}, ${root.component})` : title);
    setText(this.#state, describeState(incident, now));
    this.#renderPhases(incident, now);
    setText(this.#ratios, ratios.map(({ service, base, inEffect }) => `${service} ${base} → ${inEffect}`).join(', '));
    this.#phases.hidden = phases.length === 0 || !isGoingOn(incident);
    this.#ratios.hidden = ratios.length === 0 || !isGoingOn(incident);
    this.#stopAtOnce.hidden = state === 'planned';
    setUsable(this.#stop, state !== 'recovery');
    this.#stop.parentElement?.toggleAttribute('hidden', state === 'over');
  }

  /** A bar of the phases, each as wide as it lasts, filled up to now. */
  #renderPhases({ phases }: IncidentStatus, now: number): void {
    while (this.#phases.children.length > phases.length) this.#phases.lastElementChild?.remove();
    for (const [index, { name, from, to }] of phases.entries()) {
      const fill = element('span', 'phase-fill');
      const part = (this.#phases.children[index] as HTMLElement | undefined) ?? element('span', 'phase', fill);
      if (!part.parentElement) this.#phases.append(part);
      part.style.flexGrow = String(Math.max(1, to - from));
      part.dataset.phase = name;
      part.title = `${name}, ${formatTime(from)} to ${formatTime(to)}`;
      const done = Math.min(1, Math.max(0, (now - from) / (to - from)));
      (part.firstElementChild as HTMLElement).style.width = `${100 * done}%`;
    }
  }
}

function describeState({ state, nextChangeAt, from, to, startedBy }: IncidentStatus, now: number): string {
  const by = startedBy === 'scenario' ? ', by the scenario' : '';
  if (state === 'over') return `over since ${formatTime(to)}${by}`;
  if (state === 'planned') return `planned: begins in ${formatDuration(from - now)}, at ${formatTime(from)}${by}`;
  const next =
    nextChangeAt === null || nextChangeAt === to ? '' : `, next change in ${formatDuration(nextChangeAt - now)}`;
  return `${state === 'going-on' ? 'going on' : state}${next}, over in ${formatDuration(to - now)}${by}`;
}
