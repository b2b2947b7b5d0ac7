import type { FleetState } from '../../../../shared/page-api.ts';
import type { RatioChange, RatioControl } from '../state/page-state.ts';
import { shownRatio } from '../state/reduce-ratios.ts';
import { element, setText } from './dom.ts';

/** The ratio of a service: a slider and a number for what is set, a bar for what incidents make of it, and a note. */
export class RatioField {
  readonly root: HTMLElement;
  readonly #service: string;
  readonly #slider = element('input');
  readonly #number = element('input');
  readonly #bar = element('span', 'effect');
  readonly #effective = element('span', 'effective');
  readonly #note = element('span', 'ratio-note');

  constructor(service: string, onChange: (ratio: number) => void) {
    this.#service = service;
    Object.assign(this.#slider, { type: 'range', min: '0', max: '10', step: '0.1', ariaLabel: `ratio of ${service}` });
    Object.assign(this.#number, { type: 'number', min: '0', max: '10', step: '0.1', inputMode: 'decimal' });
    this.#number.ariaLabel = `ratio of ${service} as a number`;
    this.#slider.addEventListener('input', () => onChange(this.#slider.valueAsNumber));
    this.#number.addEventListener('change', () => {
      if (!Number.isNaN(this.#number.valueAsNumber)) onChange(this.#number.valueAsNumber);
    });
    this.#note.role = 'status';
    this.root = element(
      'div',
      'ratio',
      element('div', 'ratio-slider', this.#slider, element('span', 'effect-track', this.#bar)),
      this.#number,
      element('div', 'ratio-notes', this.#effective, this.#note),
    );
  }

  render(control: RatioControl, { ratios, inEffect }: FleetState): void {
    const service = this.#service;
    const shown = String(shownRatio(control, ratios, service));
    if (this.#slider.value !== shown) this.#slider.value = shown;
    if (document.activeElement !== this.#number || control.changes[service]) {
      if (this.#number.value !== shown) this.#number.value = shown;
    }
    const effective = inEffect[service] ?? 0;
    setText(this.#effective, `in effect ${effective}`);
    this.#effective.dataset.moved = String(effective !== ratios[service]);
    this.#bar.style.width = `${effective * 10}%`;
    const change = control.changes[service];
    setText(this.#note, describeChange(change));
    this.#note.dataset.status = change?.status ?? '';
  }
}

function describeChange(change: RatioChange | undefined): string {
  switch (change?.status) {
    case 'pending':
      return `setting ${change.ratio} …`;
    case 'in-effect':
      return `✓ ${change.ratio} is set`;
    case 'refused':
      return change.message;
    default:
      return '';
  }
}
