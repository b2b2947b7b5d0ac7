import type { ScenarioTimeline } from '../../../../shared/page-api.ts';
import type { PageState } from '../state/page-state.ts';
import { byId, element } from './dom.ts';
import { formatDuration, formatTime } from './format.ts';

/** The scenario of the fleet with its timeline, and how to start the others. */
export function createScenariosView(): (state: PageState) => void {
  const root = byId('scenarios', HTMLElement);
  let shown: PageState['scenarios'] = null;
  let steps: { readonly at: number; readonly item: HTMLElement; readonly when: HTMLElement }[] = [];
  return ({ scenarios, fleet }) => {
    if (scenarios !== shown) {
      shown = scenarios;
      root.replaceChildren();
      steps = [];
      if (scenarios?.running) {
        const timeline = element('ol', 'timeline');
        steps = scenarios.running.steps.map((step) => toStep(step, timeline));
        root.append(element('h3', '', scenarios.running.name), element('p', '', scenarios.running.title), timeline);
      }
      for (const { name, title, command } of scenarios?.available ?? []) {
        root.append(
          element('details', '', element('summary', '', `${name}: ${title}`), element('code', 'command', command)),
        );
      }
    }
    const now = fleet?.state.now ?? 0;
    const next = steps.find(({ at }) => at > now);
    for (const step of steps) {
      step.item.dataset.when = step.at <= now ? 'past' : step === next ? 'next' : 'later';
      step.when.textContent = step === next ? ` in ${formatDuration(step.at - now)}` : '';
    }
  };
}

function toStep({ at, what }: ScenarioTimeline['steps'][number], timeline: HTMLElement) {
  const when = element('span', 'note');
  const item = element('li', '', element('time', '', formatTime(at)), ' ', what, when);
  timeline.append(item);
  return { at, item, when };
}
