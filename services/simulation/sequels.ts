import { type Answer, Answers } from './answers.ts';
import type { CompiledJourney } from './catalog.ts';
import { deriveKey, unit } from './hash.ts';
import type { LineContexts } from './line-contexts.ts';
import type { LineRenderer } from './line-renderer.ts';
import type { PageTemplate } from './page-template.ts';
import type { PageWithVerdicts, SequelsOfPage } from './page-verdicts.ts';
import { REFUSED } from './refused-results.ts';
import type { States } from './state/fleet-state.ts';
import type { ServiceState } from './state/service-state.ts';
import type { Spell } from './state/spells.ts';
import type { Subject, Subjects } from './subjects.ts';

/** Share of the customers who try again when a request of theirs has failed. */
const PERSISTENCE = 0.75;
/** In a page every so manieth journey of a kind, in order of time, is a first attempt: no more follow one another. */
const MOST_ATTEMPTS = 4;
/** Somebody goes on at least and at most so long after the answer, in ms. */
const LEAST_MS = 2000;
const MOST_MS = 45_000;
/** And after being told to wait. */
const TOO_MANY_REQUESTS = { status: 429, leastMs: 30_000 };
/** What one may try again as it was: a mistyped password, a card, a connection. Otherwise only what broke (5xx). */
const REPEATABLE: readonly number[] = [401, 402, TOO_MANY_REQUESTS.status, 499];

const NONE: SequelsOfPage = [];

/**
 * Which journeys of a page follow from an earlier one of it: a customer tries again what has failed, or looks up the order
 * that was just placed. Whoever it would otherwise have been is not in the log.
 *
 * A line depends only on what was written before it, and not on what was written more than some five minutes before. No
 * verdict is changed: a journey goes on with an earlier one only where the same can be said of both subjects.
 */
export class Sequels {
  readonly #template: PageTemplate;
  readonly #contexts: LineContexts;
  readonly #subjects: Pick<Subjects, 'canSpare'>;
  readonly #statesAt: (time: number) => States;
  readonly #answers: Answers;
  /** Indexes of the journeys of each kind that may be tried again, and of those that look up an order. */
  readonly #attempts: readonly (readonly number[])[];
  readonly #lookups: readonly number[];

  /** @param statesAt the states at an instant, in ms since the epoch */
  constructor(
    template: PageTemplate,
    contexts: LineContexts,
    subjects: Pick<Subjects, 'canSpare'>,
    renderer: Pick<LineRenderer, 'choose'>,
    statesAt: (time: number) => States,
  ) {
    const kinds = new Set(template.journeys.filter(({ journey: { opens, places } }) => opens ?? places));
    const indexesOf = (isMeant: (kind: CompiledJourney) => boolean): number[] =>
      [...template.journeys.keys()].filter((index) => isMeant(template.journeys[index] as CompiledJourney));
    this.#template = template;
    this.#contexts = contexts;
    this.#subjects = subjects;
    this.#statesAt = statesAt;
    this.#answers = new Answers(template, renderer);
    this.#attempts = [...kinds].map((kind) => indexesOf((own) => own === kind));
    this.#lookups = indexesOf(({ journey: { visit, about } }) => visit !== undefined && about === 'recent-order');
  }

  of(page: PageWithVerdicts): SequelsOfPage {
    if (this.#attempts.length === 0) return NONE;
    const sequels: (Subject | undefined)[] = new Array(this.#template.journeys.length);
    const lookups = inOrder(this.#lookups, page);
    for (const kind of this.#attempts) {
      const attempts = inOrder(kind, page);
      const further = attempts.filter((journey, at) => at % MOST_ATTEMPTS > 0 && this.#subjects.canSpare(journey));
      for (const journey of attempts) {
        const subject = sequels[journey] ?? this.#contexts.subjectOf(page, journey);
        const answer = this.#answers.to(page, journey);
        if (!answer) continue;
        const { status, time } = answer;
        if (this.#isTriedAgain(page, journey, answer)) {
          const waitMs = status === TOO_MANY_REQUESTS.status ? TOO_MANY_REQUESTS.leastMs : LEAST_MS;
          const next = this.#next(page, further, subject, time + waitMs, time + MOST_MS);
          if (next >= 0) sequels[next] ??= withOrderOf(this.#contexts.subjectOf(page, next), subject);
        } else if (status < REFUSED && subject.order > 0) {
          const next = this.#next(page, lookups, subject, time + LEAST_MS, time + MOST_MS);
          if (next >= 0) sequels[next] ??= subject;
        }
      }
    }
    return sequels;
  }

  #isTriedAgain(page: PageWithVerdicts, journey: number, { status, isDone }: Answer): boolean {
    const { opens } = (this.#template.journeys[journey] as CompiledJourney).journey;
    // A session that has begun does not begin again.
    if (opens === 'session' && isDone) return false;
    if (status < 500 && !REPEATABLE.includes(status)) return false;
    return unit(deriveKey(page.keys[journey] as number, 903)) < PERSISTENCE;
  }

  /**
   * The first of the journeys, from `from` on, that can go on with a subject; -1 when that is later than `to` (ms since the
   * epoch). If it goes on with another one already, that does not change it: who comes first depends on nobody before.
   */
  #next(page: PageWithVerdicts, journeys: readonly number[], subject: Subject, from: number, to: number): number {
    for (const journey of journeys) {
      const start = page.starts[journey] as number;
      if (start > to) break;
      if (start >= from && this.#canBeAbout(page, journey, subject)) return journey;
    }
    return -1;
  }

  /** True when nothing that is said of the journey's own subject would be wrong of the other. */
  #canBeAbout(page: PageWithVerdicts, journey: number, other: Subject): boolean {
    const kind = this.#template.journeys[journey] as CompiledJourney;
    const own = this.#contexts.subjectOf(page, journey);
    const at = page.starts[journey] as number;
    const states = this.#statesAt(at);
    const isAffected = (subject: Subject): boolean => this.#contexts.isAffected(subject, kind, at, states);
    if (isAffected(own) || isAffected(other)) return false;
    if (kind.journey.about === undefined) return true;
    return kind.steps.every(({ service }) => {
      const state = states[service] as ServiceState;
      for (let spell: Spell | undefined = state.spellAt(at); spell; spell = spell.earlier) {
        if (state.concerns(spell, own.targetKey) !== state.concerns(spell, other.targetKey)) return false;
      }
      return true;
    });
  }
}

/** A further attempt to order is an order of its own. */
function withOrderOf({ order, targetKey }: Subject, { subject, goods, session, basket }: Subject): Subject {
  return { subject, goods, session, basket, order, targetKey };
}

/** The journeys in order of time. */
function inOrder(journeys: readonly number[], { starts }: PageWithVerdicts): readonly number[] {
  return [...journeys].sort((a, b) => (starts[a] as number) - (starts[b] as number) || a - b);
}
