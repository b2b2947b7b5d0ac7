import { LEVEL_NUMBERS, type LevelNumber } from '../../shared/record.ts';
import { statusOf } from '../definition/definition.ts';
import type { Catalog, CompiledService } from './catalog.ts';
import { isReached } from './choice.ts';
import type { CompiledFailure, CompiledVariant } from './compiled-variant.ts';
import { userNumber } from './customers.ts';
import { deriveKey, hex, keyAt } from './hash.ts';
import type { LineContexts, MutableContext } from './line-contexts.ts';
import type { PageTemplate, Slot } from './page-template.ts';
import type { PageWithVerdicts } from './page-verdicts.ts';
import { RefusedResults } from './refused-results.ts';
import type { States } from './state/fleet-state.ts';
import { type Spell, spellOf } from './state/spells.ts';
import { encodePiece, type TextBuffer } from './text-buffer.ts';
import type { Value } from './value.ts';
import type { PageVerdicts } from './verdict-assigner.ts';

const REQUEST = ' request_id=req_';
const USER = ' user=u_';
const REQUEST_PIECE = encodePiece(REQUEST);
const USER_PIECE = encodePiece(USER);

/** One line as a record. */
export interface RenderedLine {
  readonly level: LevelNumber;
  /** Name in the log. */
  readonly service: string;
  readonly message: string;
  /** The ids first, then the step's own. */
  readonly fields: Record<string, Value>;
}

/** Renders the lines of a page, given their verdicts. */
export class LineRenderer {
  readonly #catalog: Catalog;
  readonly #slots: readonly Slot[];
  readonly #contexts: LineContexts;
  readonly #statesAt: (time: number) => States;
  readonly #refused: RefusedResults;

  /** @param statesAt the states at an instant, in ms since the epoch */
  constructor(catalog: Catalog, template: PageTemplate, contexts: LineContexts, statesAt: (time: number) => States) {
    this.#catalog = catalog;
    this.#slots = template.slots;
    this.#contexts = contexts;
    this.#statesAt = statesAt;
    this.#refused = new RefusedResults(contexts);
  }

  /**
   * Writes the line as text, with its newline.
   * @param time when it is due, in ms of the world's time
   * @param stamp its time stamp, in ms since the epoch
   * @returns its severity, 0 for DEBUG to 3 for ERROR
   */
  write(page: PageWithVerdicts, index: number, time: number, stamp: number, out: TextBuffer): number {
    const slot = this.#slots[index] as Slot;
    const { template, severity } = this.#prepare(page, slot, time);
    const { context } = this.#contexts;
    out.time(stamp);
    template.write(context, out);
    if (!context.isOwnLine) {
      out.piece(REQUEST_PIECE);
      out.hex(context.key);
      if (slot.kind.isCustomers) {
        out.piece(USER_PIECE);
        out.value(userNumber(context.subject));
      }
    }
    out.endLine();
    return severity;
  }

  /** The line as a record. */
  toRecord(page: PageWithVerdicts, index: number, time: number): RenderedLine {
    const slot = this.#slots[index] as Slot;
    const { template, variant } = this.#prepare(page, slot, time);
    const { context } = this.#contexts;
    const { key, isOwnLine } = context;
    const { logName } = this.#catalog.services[slot.step.service] as CompiledService;
    const fields: Record<string, Value> = {};
    let message = template.message(context);
    if (!isOwnLine) {
      const request = `req_${hex(key)}`;
      fields.trace_id =
        hex(deriveKey(key, 4)) + hex(deriveKey(key, 5)) + hex(deriveKey(key, 6)) + hex(deriveKey(key, 7));
      fields.span_id = hex(context.stepKey) + hex(deriveKey(context.stepKey, 2));
      fields.request_id = request;
      message += ` request_id=${request}`;
      if (slot.kind.isCustomers) {
        const user = userNumber(context.subject);
        fields['user.id'] = `u_${user}`;
        message += USER + user;
      }
    }
    template.addFields(context, fields);
    if (variant.cause) fields['error.type'] = variant.cause;
    const status = statusOf(variant);
    if (status) fields['http.response.status_code'] = status;
    return { level: LEVEL_NUMBERS[variant.level], service: logName, message, fields };
  }

  /** The variant of the line in a slot. */
  choose(page: PageWithVerdicts, slot: Slot, time: number): CompiledVariant {
    // Before the context is set, since that sets it too.
    const { verdicts } = page;
    const states = this.#statesAt(time);
    return this.#chooseIn(page, slot, verdicts, time, states, this.#contexts.of(page, slot, states));
  }

  /** Chooses the variant of a line and sets the context for rendering it. */
  #prepare(page: PageWithVerdicts, slot: Slot, time: number): CompiledVariant {
    // Before the context is set, since these set it too.
    const { verdicts } = page;
    const sequel = page.sequels[slot.journey];
    const states = this.#statesAt(time);
    const context = this.#contexts.of(page, slot, states);
    const chosen = this.#chooseIn(page, slot, verdicts, time, states, context);
    const { chooser } = this.#contexts;
    if (sequel) this.#contexts.tell(sequel);
    this.#refused.apply(page, slot, chosen, states, context);
    if (!chosen.isTimeout) context.durationMs = chooser.toldMs(slot.step, context);
    context.elapsedMs = time - (page.starts[slot.journey] as number);
    context.http = slot.kind.http;
    context.variant = chosen.variant;
    context.limitMs = chooser.limitMs(chosen);
    const spell = context.isOverall ? spellToldBy(chosen, context) : undefined;
    context.faultyTarget = spell && context.state.faultyTarget(spell);
    context.podKey = spell ? keyAt(spell.fault, spell.from) : context.key;
    return chosen;
  }

  #chooseIn(
    page: PageWithVerdicts,
    slot: Slot,
    { bad, failures }: PageVerdicts,
    time: number,
    states: States,
    context: MutableContext,
  ): CompiledVariant {
    const isBad = bad[slot.index] === 1;
    const failure = slot.step.isOwnLine ? undefined : failures.before(slot);
    if (failure) return this.#chooseAfter(slot, isBad, failure, time, context);
    return this.#contexts.variantOf(page, slot, isBad, states, context);
  }

  /**
   * Chooses the variant of a line of a journey that has failed before: when its step is not reached, the service writes a
   * line of its own instead.
   */
  #chooseAfter(
    { step }: Slot,
    isBad: boolean,
    failure: CompiledFailure,
    time: number,
    context: MutableContext,
  ): CompiledVariant {
    const service = this.#catalog.services[step.service] as CompiledService;
    if (!isReached(step, context.durationMs, failure)) {
      context.isOwnLine = true;
      context.isOverall = true;
      context.at = time;
      context.durationMs = 0;
      return this.#contexts.choose(isBad ? service.background.bad : service.background.good, context);
    }
    context.failure = failure;
    const { good, bad, dependency } = step.afterFailure;
    const after = isBad ? (service.dependsOn.has(failure.failedService) ? dependency : bad) : good;
    return this.#contexts.choose(after, context);
  }
}

/** The spell of the lasting fault that a line is about. */
function spellToldBy({ lasting, event }: CompiledVariant, { state, at, periodMs }: MutableContext): Spell | undefined {
  const fault = event?.fault ?? lasting;
  if (fault < 0) return undefined;
  const spell = event ? state.happened(event, at - periodMs, at) : spellOf(state.spellAt(at), fault);
  return typeof spell === 'object' ? spell : undefined;
}
