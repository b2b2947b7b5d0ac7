import type { CompiledVariant } from './compiled-variant.ts';
import type { PageTemplate } from './page-template.ts';
import type { Subject } from './subjects.ts';

/** What has been found out about a page, which both its verdicts and its rendering need. */
export class PageMemo {
  /** Of each journey. */
  readonly subjects: (Subject | undefined)[];
  /** The good and the bad variant of each slot while its journey goes well: those of slot `s` at 2s and 2s + 1. */
  readonly variants: (CompiledVariant | undefined)[];

  constructor({ journeys, slots }: PageTemplate) {
    this.subjects = new Array(journeys.length);
    this.variants = new Array(2 * slots.length);
  }
}
