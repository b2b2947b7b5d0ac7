import type { IncidentRequest, IncidentTypeInfo } from '../../../../shared/incident-api.ts';
import type { Commands } from '../commands.ts';
import type { PageState } from '../state/page-state.ts';
import { byId, element, setText, setUsable } from './dom.ts';

const MINUTE = 60_000;

const DIFFICULTIES = {
  1: 'seen at once',
  2: 'needs a second look',
  3: 'the cause is far from where it hurts',
} as const;

/** The form that starts an incident, with what the chosen type will do. */
export function createStartView(commands: Commands): (state: PageState) => void {
  const form = byId('start-form', HTMLFormElement);
  const type = byId('start-type', HTMLSelectElement);
  const about = byId('start-about', HTMLElement);
  const target = byId('start-target', HTMLSelectElement);
  const targetLabel = byId('start-target-label', HTMLElement);
  const minutes = byId('start-minutes', HTMLInputElement);
  const severity = byId('start-severity', HTMLInputElement);
  const severityValue = byId('start-severity-value', HTMLOutputElement);
  const atOnce = byId('start-at-once', HTMLInputElement);
  const announced = byId('start-announced', HTMLInputElement);
  const redHerrings = byId('start-herrings', HTMLInputElement);
  const start = byId('start', HTMLButtonElement);
  let types: readonly IncidentTypeInfo[] = [];

  const choose = () => {
    const chosen = types.find(({ name }) => name === type.value);
    if (!chosen) return;
    about.replaceChildren(...describeType(chosen));
    target.replaceChildren(...chosen.targets.map((name) => element('option', '', name)));
    targetLabel.hidden = chosen.targets.length === 0;
  };
  type.addEventListener('change', choose);
  severity.addEventListener('input', () => setText(severityValue, severity.value));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (types.length === 0) return;
    const request: IncidentRequest = {
      type: type.value,
      ...(target.value ? { target: target.value } : {}),
      ...(Number.isNaN(minutes.valueAsNumber) ? {} : { for: Math.round(minutes.valueAsNumber * MINUTE) }),
      severity: severity.valueAsNumber,
      atOnce: atOnce.checked,
      announced: announced.checked,
      redHerrings: redHerrings.checked,
    };
    void commands.startIncident(request);
  });

  return ({ incidentTypes }) => {
    if (incidentTypes === types) return;
    types = incidentTypes;
    setUsable(start, types.length > 0);
    type.replaceChildren(...types.map(({ name }) => element('option', '', name)));
    choose();
  };
}

function describeType({ title, shows, root, phases, rises, redHerrings, difficulty }: IncidentTypeInfo): HTMLElement[] {
  const rows: [string, string][] = [
    ['Shows', shows],
    ['Cause', root ? `${root.service}, ${root.component}: ${root.fault}` : 'none: nothing is wrong'],
    ['Phases', phases.map(({ name, minutes }) => `${name} ${minutes} min`).join(', ') || 'none'],
    [
      'Adds',
      Object.entries(rises)
        .map(([service, rise]) => `${service} +${rise}`)
        .join(', ') || 'no bad lines',
    ],
    ['Difficulty', `${difficulty} of 3: ${DIFFICULTIES[difficulty]}`],
  ];
  if (redHerrings.length > 0) rows.push(['Red herrings', redHerrings.map(({ what }) => what).join('; ')]);
  return [
    element('h3', '', title),
    element(
      'dl',
      'type',
      ...rows.map(([name, text]) => element('div', '', element('dt', '', name), element('dd', '', text))),
    ),
  ];
}
