import { CALM_RATIO, DEFAULTS } from '../../../../shared/defaults.ts';
import type { Ratios } from '../../../../shared/ratios.ts';
import type { Commands } from '../commands.ts';
import type { PageState } from '../state/page-state.ts';
import { shownRatio } from '../state/reduce-ratios.ts';
import { byId, setText, setUsable } from './dom.ts';

/** Sets the ratios of all services at once, and undoes the last change. */
export function createAllRatiosView(commands: Commands): (state: PageState) => void {
  const slider = byId('all-ratio', HTMLInputElement);
  const value = byId('all-ratio-value', HTMLOutputElement);
  const undo = byId('undo', HTMLButtonElement);
  let services: readonly string[] = [];
  const setAll = (ratio: number) => {
    if (services.length > 0) commands.setRatios(Object.fromEntries(services.map((name) => [name, ratio])));
  };
  slider.addEventListener('input', () => setAll(slider.valueAsNumber));
  for (const [id, word, ratio] of [
    ['all-calm', 'Calm', CALM_RATIO],
    ['all-default', 'Default', DEFAULTS.ratio],
  ] as const) {
    const reset = byId(id, HTMLButtonElement);
    reset.textContent = `${word} ${ratio}`;
    reset.addEventListener('click', () => setAll(ratio));
  }
  undo.addEventListener('click', () => commands.undo());
  return ({ fleet, ratios }) => {
    if (!fleet) return;
    services = fleet.state.services.map(({ name }) => name);
    const shown = services.map((name) => shownRatio(ratios, fleet.state.ratios, name));
    const isSame = shown.every((ratio) => ratio === shown[0]);
    const mean = shown.reduce((sum, ratio) => sum + ratio, 0) / Math.max(1, shown.length);
    slider.valueAsNumber = Math.round(mean * 10) / 10;
    setText(value, isSame ? String(shown[0]) : 'mixed');
    slider.ariaValueText = isSame ? String(shown[0]) : 'mixed';
    const step = ratios.undo.at(-1);
    setUsable(undo, step !== undefined);
    setText(undo, step ? `Undo ${describeStep(step.before, step.after)}` : 'Undo');
  };
}

function describeStep(before: Ratios, after: Ratios): string {
  const changed = Object.entries(after);
  const [name = '', to] = changed[0] ?? [];
  return changed.length === 1 ? `${name} ${before[name]} → ${to}` : `all → ${to}`;
}
