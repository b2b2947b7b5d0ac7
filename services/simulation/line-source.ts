import type { Catalog } from './catalog.ts';
import { Chooser } from './choice.ts';
import { LineContexts } from './line-contexts.ts';
import { LineRenderer } from './line-renderer.ts';
import { Pages, type PagesOptions } from './page.ts';
import type { PageTemplate } from './page-template.ts';
import { assignPageVerdicts, PageWithVerdicts } from './page-verdicts.ts';
import { Reads } from './reads.ts';
import { Schedule } from './schedule.ts';
import { Sequels } from './sequels.ts';
import type { FleetState, States } from './state/fleet-state.ts';
import { Subjects } from './subjects.ts';
import type { TimelineIndex } from './timeline-index.ts';
import { VerdictAssigner } from './verdict-assigner.ts';

export interface LineSourceOptions extends Omit<PagesOptions, 'statesAt'> {
  readonly timeline: TimelineIndex;
  readonly fleet: FleetState;
}

/** All services together, where the index of one is expected. */
export const ALL = -1;

/** Lines that come from pages of one kind: those of traffic, or those by the clock. */
export class LineSource {
  readonly pages: Pages;
  readonly template: PageTemplate;
  readonly renderer: LineRenderer;
  readonly #openPage: (index: number) => PageWithVerdicts;
  /** Of single services, and of all together; made when first needed. */
  readonly #schedules = new Map<number, Schedule<PageWithVerdicts>>();

  /** @param clockFactor by how much longer the periods of scheduled lines are than they say */
  constructor(catalog: Catalog, clockFactor: number, options: LineSourceOptions) {
    const { template, timeline, fleet, limits, seed } = options;
    const pages = new Pages({ ...options, statesAt: (time) => fleet.planned(timeline.at(time)) });
    const subjects = new Subjects(pages, seed);
    const contexts = new LineContexts(subjects, new Reads(pages, subjects), new Chooser(limits), clockFactor);
    const assigner = new VerdictAssigner(catalog, template, contexts, fleet, seed);
    const statesAt = (time: number): States => fleet.under(timeline.at(time));
    this.pages = pages;
    this.template = template;
    this.renderer = new LineRenderer(catalog, template, contexts, statesAt);
    const sequels = new Sequels(template, contexts, subjects, this.renderer, statesAt);
    this.#openPage = (index) =>
      new PageWithVerdicts(
        pages.page(index),
        (page) => assignPageVerdicts(page, pages, assigner, timeline),
        (page) => sequels.of(page),
      );
  }

  /** The lines of a service, or of all, in order. */
  schedule(service: number): Schedule<PageWithVerdicts> {
    let schedule = this.#schedules.get(service);
    if (!schedule) {
      schedule = new Schedule(this.pages, this.slotsOf(service), this.#openPage);
      this.#schedules.set(service, schedule);
    }
    return schedule;
  }

  slotsOf(service: number): readonly number[] {
    if (service === ALL) return [...this.template.slots.keys()];
    return this.template.slotsOf[service] as readonly number[];
  }

  /** A page, whatever else is open. */
  open(index: number): PageWithVerdicts {
    return this.#openPage(index);
  }
}
