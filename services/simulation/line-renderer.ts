import { LEVEL_NUMBERS, type LevelNumber } from '../../shared/record.ts';
import { statusOf, type Variant } from '../definition/definition.ts';
import type { Catalog, CompiledJourney, CompiledService } from './catalog.ts';
import { choose, chooseFault, isReached, stepKey } from './choice.ts';
import type { CompiledFailure, CompiledVariant } from './compiled-variant.ts';
import { userNumber } from './entities.ts';
import { deriveKey, hex } from './hash.ts';
import { checkoutKeyOf, orderOf } from './orders.ts';
import type { Page, Pages } from './page.ts';
import type { PageTemplate, Slot } from './page-template.ts';
import type { PageWithVerdicts } from './page-verdicts.ts';
import type { RenderContext, Value } from './render-context.ts';
import { encodePiece, type TextBuffer } from './text-buffer.ts';

const REQUEST = ' request_id=req_';
const USER = ' user=u_';
const REQUEST_PIECE = encodePiece(REQUEST);
const USER_PIECE = encodePiece(USER);

const NOTHING: Variant = { level: 'DEBUG', text: '' };

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
  readonly #cast: PageTemplate;
  readonly #pages: Pages;
  /** Of the line being rendered; reused, since an object for each line would cost more than the rest of its rendering. */
  readonly #context: { -readonly [Key in keyof RenderContext]: RenderContext[Key] } & {
    isReached: boolean;
    isCustomers: boolean;
  };

  constructor(catalog: Catalog, pages: Pages) {
    this.#catalog = catalog;
    this.#cast = pages.template;
    this.#pages = pages;
    this.#context = {
      key: 0,
      subject: 0,
      order: 0,
      stepKey: 0,
      durationMs: 0,
      elapsedMs: 0,
      variant: NOTHING,
      failure: undefined,
      http: undefined,
      drawn: [],
      isReached: false,
      isCustomers: false,
    };
  }

  /**
   * Writes the line as text, with its newline.
   * @param time when it is due, in ms of the world's time
   * @param stamp its time stamp, in ms since the epoch
   * @returns its severity, 0 for DEBUG to 3 for ERROR
   */
  write(page: PageWithVerdicts, index: number, time: number, stamp: number, out: TextBuffer): number {
    const { template, severity } = this.#prepare(page, index, time);
    const context = this.#context;
    out.time(stamp);
    template.draw(context);
    template.write(context, out);
    if (context.isReached) {
      out.piece(REQUEST_PIECE);
      out.hex(context.key);
      if (context.isCustomers) {
        out.piece(USER_PIECE);
        out.value(userNumber(context.subject));
      }
    }
    out.endLine();
    return severity;
  }

  /** The line as a record. */
  toRecord(page: PageWithVerdicts, index: number, time: number): RenderedLine {
    const { template, variant } = this.#prepare(page, index, time);
    const context = this.#context;
    const { key, isReached, isCustomers } = context;
    const { logName } = this.#catalog.services[this.#slot(index).step.service] as CompiledService;
    const fields: Record<string, Value> = {};
    template.draw(context);
    let message = template.message(context);
    if (isReached) {
      const request = `req_${hex(key)}`;
      fields.trace_id =
        hex(deriveKey(key, 4)) + hex(deriveKey(key, 5)) + hex(deriveKey(key, 6)) + hex(deriveKey(key, 7));
      fields.span_id = hex(context.stepKey) + hex(deriveKey(context.stepKey, 2));
      fields.request_id = request;
      message += ` request_id=${request}`;
      if (isCustomers) {
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

  /** Sets the context for a line; returns its variant. */
  #prepare(page: PageWithVerdicts, index: number, time: number): CompiledVariant {
    const slot = this.#slot(index);
    const { step, stepIndex, journey } = slot;
    const kind = this.#cast.journeys[journey] as CompiledJourney;
    const key = page.keys[journey] as number;
    const durationMs = this.#pages.stepDurationMs(page, index);
    const { bad, failures } = page.verdicts;
    const isBad = bad[index] === 1;
    const failure = failures.before(slot);
    const reached = !kind.background && (!failure || isReached(step, durationMs, failure));

    const context = this.#context;
    context.key = key;
    context.stepKey = stepKey(key, stepIndex);
    context.durationMs = durationMs;
    context.elapsedMs = time - (page.starts[journey] as number);
    context.failure = reached ? failure : undefined;
    context.http = kind.http;
    context.isReached = reached;
    context.isCustomers = kind.journey.actor === 'customer';
    this.#setSubject(page, journey, key);
    const chosen = reached ? this.#choose(slot, isBad, failure) : this.#chooseBackground(step.service, isBad);
    if (!chosen) throw new Error(`No variant applies in ${kind.name}: validation should have refused the definition`);
    context.variant = chosen.variant;
    return chosen;
  }

  #choose(
    { step, stepIndex }: Slot,
    isBad: boolean,
    failure: CompiledFailure | undefined,
  ): CompiledVariant | undefined {
    const { key, stepKey, durationMs } = this.#context;
    if (!failure) return isBad ? chooseFault(step, key, stepIndex, durationMs) : choose(step.good, stepKey, durationMs);
    if (!isBad) return choose(step.afterFailure.good, stepKey, durationMs, failure);
    const isDependency = (this.#catalog.services[step.service] as CompiledService).dependsOn.has(failure.failedService);
    return choose(step.afterFailure[isDependency ? 'dependency' : 'bad'], stepKey, durationMs, failure);
  }

  #chooseBackground(service: number, isBad: boolean): CompiledVariant | undefined {
    const { stepKey, durationMs } = this.#context;
    const { background } = this.#catalog.services[service] as CompiledService;
    return choose(isBad ? background.bad : background.good, stepKey, durationMs);
  }

  /** Which customer and order a journey concerns: its own, or those of an order placed earlier. */
  #setSubject(page: Page, journey: number, key: number): void {
    const order = orderOf(this.#pages, page.index, journey, key);
    this.#context.order = order ?? 0;
    this.#context.subject = order === undefined ? key : checkoutKeyOf(this.#pages, order);
  }

  #slot(index: number): Slot {
    return this.#cast.slots[index] as Slot;
  }
}
