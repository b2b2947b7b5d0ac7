import { statusOf } from '../definition/definition.ts';
import type { CompiledJourney } from './catalog.ts';
import { deriveKey, unit } from './hash.ts';
import type { LineContexts } from './line-contexts.ts';
import type { LineRenderer } from './line-renderer.ts';
import type { PageTemplate, Slot } from './page-template.ts';
import type { PageWithVerdicts, SequelsOfPage } from './page-verdicts.ts';
import { REFUSED } from './refused-results.ts';
import type { Subject, Subjects } from './subjects.ts';

/** Share of the customers who try again when a request of theirs has failed. */
const PERSISTENCE = 0.75;
/** Somebody goes on at least and at most so long after the answer, in ms. */
const LEAST_MS = 2000;
const MOST_MS = 60_000;
/** And after being told to wait. */
const TOO_MANY_REQUESTS = { status: 429, leastMs: 30_000 };
/** What one may try again as it was: a mistyped password, a card, a connection. Otherwise only what broke (5xx). */
const REPEATABLE: readonly number[] = [401, 402, TOO_MANY_REQUESTS.status, 499];

const NONE: SequelsOfPage = [];

/** A journey that somebody may go on with. */
interface Begun {
  readonly subject: Subject;
  readonly earliest: number;
  readonly latest: number;
}

/** How a journey was answered. */
interface Answer {
  readonly status: number;
  /** In ms since the epoch. */
  readonly time: number;
}

/**
 * Which journeys of a page follow from an earlier one of it: a customer tries again what has failed, or looks up the order
 * that was just placed. Whoever it would otherwise have been is not in the log.
 *
 * A journey only depends on what was written before it begins. Its verdict is not changed: it goes on with an earlier one
 * only where the same can be said of both subjects.
 */
export class Sequels {
  readonly #template: PageTemplate;
  readonly #contexts: LineContexts;
  readonly #subjects: Pick<Subjects, 'canSpare'>;
  readonly #renderer: Pick<LineRenderer, 'choose'>;
  /** Indexes of the journeys of each kind that may be tried again, and of those that look up an order. */
  readonly #tried: readonly (readonly number[])[];
  readonly #lookups: readonly number[];
  /** Of each journey, the slot with its answer. */
  readonly #answers: readonly (Slot | undefined)[];

  constructor(
    template: PageTemplate,
    contexts: LineContexts,
    subjects: Pick<Subjects, 'canSpare'>,
    renderer: Pick<LineRenderer, 'choose'>,
  ) {
    this.#template = template;
    this.#contexts = contexts;
    this.#subjects = subjects;
    this.#renderer = renderer;
    const indexesOf = (isMeant: (kind: CompiledJourney) => boolean): number[] =>
      [...template.journeys.keys()].filter((index) => isMeant(template.journeys[index] as CompiledJourney));
    const kinds = new Set(template.journeys.filter(({ journey: { opens, places } }) => opens ?? places));
    this.#tried = [...kinds].map((kind) => indexesOf((own) => own === kind));
    this.#lookups = indexesOf(({ journey: { visit, about } }) => visit !== undefined && about === 'recent-order');
    this.#answers = answersIn(template);
  }

  of(page: PageWithVerdicts): SequelsOfPage {
    if (this.#tried.length === 0) return NONE;
    const sequels: (Subject | undefined)[] = new Array(this.#template.journeys.length);
    const placed: Begun[] = [];
    for (const kind of this.#tried) this.#tryAgain(page, kind, sequels, placed);
    for (const journey of inOrder(this.#lookups, page)) {
      const order = this.#take(page, journey, placed);
      if (order) sequels[journey] = order;
    }
    return sequels;
  }

  /** @param placed collects the orders that have been placed */
  #tryAgain(page: PageWithVerdicts, kind: readonly number[], sequels: (Subject | undefined)[], placed: Begun[]): void {
    const failed: Begun[] = [];
    for (const journey of inOrder(kind, page)) {
      const own = this.#contexts.subjectOf(page, journey);
      const earlier = this.#subjects.canSpare(journey) ? this.#take(page, journey, failed) : undefined;
      // It is an order of its own.
      const subject = earlier ? withOrderOf(own, earlier) : own;
      if (earlier) sequels[journey] = subject;
      const { status, time } = this.#answerTo(page, journey);
      const latest = time + MOST_MS;
      if (status < REFUSED) {
        if (own.order > 0) placed.push({ subject, earliest: time + LEAST_MS, latest });
      } else if (isTriedAgain(status, page.keys[journey] as number)) {
        const waitMs = status === TOO_MANY_REQUESTS.status ? TOO_MANY_REQUESTS.leastMs : LEAST_MS;
        failed.push({ subject, earliest: time + waitMs, latest });
      }
    }
  }

  /** Takes the first subject of the list that the journey can go on with. */
  #take(page: PageWithVerdicts, journey: number, list: Begun[]): Subject | undefined {
    const start = page.starts[journey] as number;
    const at = list.findIndex(({ subject, earliest, latest }) => {
      return start >= earliest && start <= latest && this.#canBeAbout(page, journey, subject);
    });
    return at < 0 ? undefined : list.splice(at, 1)[0]?.subject;
  }

  /** True when nothing that is said of the journey's own subject would be wrong of the other. */
  #canBeAbout(page: PageWithVerdicts, journey: number, other: Subject): boolean {
    const kind = this.#template.journeys[journey] as CompiledJourney;
    const own = this.#contexts.subjectOf(page, journey);
    const at = page.starts[journey] as number;
    if (this.#contexts.isAffected(own, kind, at) || this.#contexts.isAffected(other, kind, at)) return false;
    if (kind.journey.about === undefined) return true;
    return kind.steps.every(({ service }) => {
      const state = this.#contexts.stateOf(service);
      const spell = state.spellAt(at);
      return state.concerns(spell, own.targetKey) === state.concerns(spell, other.targetKey);
    });
  }

  #answerTo(page: PageWithVerdicts, journey: number): Answer {
    const { firstStage } = this.#template;
    const slot = this.#answers[journey];
    let time = page.starts[journey] as number;
    if (!slot) return { status: 0, time };
    for (let stage = firstStage[journey] as number; stage <= slot.stage; stage++)
      time += page.durations[stage] as number;
    const failure = page.verdicts.failures.upTo(slot);
    // Who should have answered is down.
    if (failure?.down && failure.failedService === slot.step.service) return { status: failure.status, time };
    const { variant } = this.#renderer.choose(page, slot, time);
    return { status: statusOf(variant) ?? failure?.status ?? 0, time };
  }
}

function withOrderOf({ order, targetKey }: Subject, { subject, goods, session, basket }: Subject): Subject {
  return { subject, goods, session, basket, order, targetKey };
}

function isTriedAgain(status: number, key: number): boolean {
  return (status >= 500 || REPEATABLE.includes(status)) && unit(deriveKey(key, 903)) < PERSISTENCE;
}

/** The journeys in order of time. */
function inOrder(journeys: readonly number[], { starts }: PageWithVerdicts): readonly number[] {
  return [...journeys].sort((a, b) => (starts[a] as number) - (starts[b] as number) || a - b);
}

/** Of each journey the slot whose line tells the HTTP status of its answer. */
function answersIn({ slots, journeys }: PageTemplate): readonly (Slot | undefined)[] {
  const answers: (Slot | undefined)[] = new Array(journeys.length).fill(undefined);
  for (const slot of slots)
    if (slot.step.good.variants.some(({ variant }) => variant.status !== undefined)) answers[slot.journey] = slot;
  return answers;
}
