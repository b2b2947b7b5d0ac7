import type { Variant } from '../definition/definition.ts';
import type { Choices, CompiledJourney } from './catalog.ts';
import { type Chooser, stepKey } from './choice.ts';
import type { CompiledVariant } from './compiled-variant.ts';
import type { Page } from './page.ts';
import type { Slot } from './page-template.ts';
import type { Reads } from './reads.ts';
import type { RenderContext } from './render-context.ts';
import type { States } from './state/fleet-state.ts';
import type { ServiceState } from './state/service-state.ts';
import type { Subject, Subjects } from './subjects.ts';

const NOTHING: Variant = { level: 'DEBUG', text: '' };

export type MutableContext = { -readonly [Key in keyof RenderContext]: RenderContext[Key] };

/**
 * The contexts in which variants are chosen and rendered, the same for whoever decides on a line and for whoever renders
 * it.
 */
export class LineContexts {
  readonly chooser: Chooser;
  readonly #subjects: Subjects;
  readonly #reads: Pick<Reads, 'againIn'>;
  readonly #clockFactor: number;
  /** Of the line last asked for. Reused: an object for each line would cost more than the rest of its rendering. */
  readonly context: MutableContext;

  /** @param clockFactor by how much longer the periods of scheduled lines are than they say */
  constructor(subjects: Subjects, reads: Pick<Reads, 'againIn'>, chooser: Chooser, clockFactor: number) {
    this.chooser = chooser;
    this.#subjects = subjects;
    this.#reads = reads;
    this.#clockFactor = clockFactor;
    this.context = {
      state: undefined as unknown as ServiceState,
      at: 0,
      stepKey: 0,
      durationMs: 0,
      subject: 0,
      goods: 0,
      failure: undefined,
      isAgain: false,
      periodMs: 0,
      isOwnLine: false,
      session: 0,
      basket: 0,
      isOverall: false,
      order: 0,
      targetKey: 0,
      key: 0,
      faultyTarget: undefined,
      podKey: 0,
      elapsedMs: 0,
      limitMs: 0,
      variant: NOTHING,
      http: undefined,
    };
  }

  /** The context of a line while its journey goes well; valid until the next call. */
  of(page: Page, { step, stepIndex, journey, stage, kind }: Slot, states: States): MutableContext {
    const context = this.context;
    const key = page.keys[journey] as number;
    const start = page.starts[journey] as number;
    const about = this.subjectOf(page, journey);
    context.key = key;
    context.state = states[step.service] as ServiceState;
    // Scheduled lines start some ms late, but their periods meet, so that each event is in one.
    context.at = step.periodMs > 0 ? (page.dues[journey] as number) : start;
    context.stepKey = stepKey(key, stepIndex);
    context.durationMs = page.durations[stage] as number;
    context.failure = undefined;
    context.isAgain = kind.journey.reads !== undefined && this.#isAgain(page, journey);
    context.isOwnLine = step.isOwnLine;
    context.isOverall = step.isOwnLine || step.isProbe;
    context.periodMs = step.periodMs * this.#clockFactor;
    this.tell(about);
    return context;
  }

  /** Lets the context in use be about another subject. */
  tell({ subject, goods, session, basket, order, targetKey }: Subject): void {
    const context = this.context;
    context.subject = subject;
    context.goods = goods;
    context.session = session;
    context.basket = basket;
    context.order = order;
    context.targetKey = targetKey;
  }

  /** Whom and what a journey of a page concerns. */
  subjectOf({ index, keys, memo: { subjects } }: Page, journey: number): Subject {
    const known = subjects[journey];
    if (known) return known;
    const found = this.#subjects.find(index, journey, keys[journey] as number);
    subjects[journey] = found;
    return found;
  }

  #isAgain(page: Page, journey: number): boolean {
    return page.memo.again(() => this.#reads.againIn(page))[journey] === 1;
  }

  /** True when a fault of the subject, such as a locked account, could show in a journey of that kind at that time. */
  isAffected(subject: Subject, { steps }: CompiledJourney, at: number, states: States): boolean {
    return steps.some(({ service, symptoms: { personal, personalAfterFailure } }) => {
      const state = states[service] as ServiceState;
      const isSo = (fault: number): boolean => state.isAffected(fault, subject, at);
      return personal.some(isSo) || personalAfterFailure.some(isSo);
    });
  }

  /**
   * The variant of a line while its journey goes well.
   * @param context that of the line, where it is set already
   */
  variantOf(page: Page, slot: Slot, isBad: boolean, states: States, context?: MutableContext): CompiledVariant {
    const variants = page.memo.variantsUnder(states);
    const choices = isBad ? slot.step.bad : slot.step.good;
    const at = 2 * slot.index + (isBad ? 1 : 0);
    const known = variants[at];
    if (known) return known;
    const chosen = this.choose(choices, context ?? this.of(page, slot, states));
    variants[at] = chosen;
    return chosen;
  }

  /** One of the variants that apply, of which every valid definition has one. */
  choose(choices: Choices, context: MutableContext): CompiledVariant {
    const chosen = this.chooser.choose(choices, context);
    if (!chosen) throw new Error('No variant applies: validation should have refused the definition');
    return chosen;
  }
}
