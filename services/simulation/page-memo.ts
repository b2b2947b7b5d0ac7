import type { CompiledVariant } from './compiled-variant.ts';
import type { PageTemplate } from './page-template.ts';
import type { States } from './state/fleet-state.ts';
import type { Subject } from './subjects.ts';

/**
 * What has been found out about a page, which both its verdicts and its rendering need. Most pages that are opened only to
 * look for journeys that are still going on never need it, so it takes its space when it is first asked.
 */
export class PageMemo {
  readonly #template: PageTemplate;
  #subjects: (Subject | undefined)[] | undefined;
  #variants: (CompiledVariant | undefined)[] | undefined;
  #states: States | undefined;
  #again: Uint8Array | undefined;

  constructor(template: PageTemplate) {
    this.#template = template;
  }

  /** Of each journey. */
  get subjects(): (Subject | undefined)[] {
    this.#subjects ??= new Array(this.#template.journeys.length);
    return this.#subjects;
  }

  /** Of each journey whether it reads what has been read before, as `find` tells when it is first asked. */
  again(find: () => Uint8Array): Uint8Array {
    this.#again ??= find();
    return this.#again;
  }

  /**
   * The good and the bad variant of each slot while its journey goes well: those of slot `s` at 2s and 2s + 1. Only while an
   * incident is started or stopped a page has lines under more than one plan.
   */
  variantsUnder(states: States): (CompiledVariant | undefined)[] {
    if (!this.#variants || states !== this.#states) {
      this.#states = states;
      this.#variants = new Array(2 * this.#template.slots.length);
    }
    return this.#variants;
  }
}
