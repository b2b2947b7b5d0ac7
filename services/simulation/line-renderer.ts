import { LEVEL_NUMBERS, type LevelNumber } from '../../shared/record.ts';
import type { Variant } from '../definition/definition.ts';
import type { Catalog, CompiledFailure, CompiledJourney, CompiledService, CompiledVariant } from './catalog.ts';
import { choose, chooseFault, isReached, stepKey } from './choice.ts';
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

/** One line as a record: its level, its text and all else that it says. */
export interface RenderedLine {
  readonly level: LevelNumber;
  /** Name in the log. */
  readonly service: string;
  readonly message: string;
  /** The ids first, then the step's own. */
  readonly fields: Record<string, Value>;
}

/** Tells the lines: what each says, given what was judged. */
export class LineRenderer {
  readonly #catalog: Catalog;
  readonly #cast: PageTemplate;
  readonly #pages: Pages;
  /** The one line that is being told: an object for each would cost more than all that it says. */
  readonly #telling: { -readonly [Key in keyof RenderContext]: RenderContext[Key] } & {
    isReached: boolean;
    isCustomers: boolean;
  };

  constructor(catalog: Catalog, pages: Pages) {
    this.#catalog = catalog;
    this.#cast = pages.template;
    this.#pages = pages;
    this.#telling = {
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
    const telling = this.#telling;
    out.time(stamp);
    template.draw(telling);
    template.write(telling, out);
    if (telling.isReached) {
      out.piece(REQUEST_PIECE);
      out.hex(telling.key);
      if (telling.isCustomers) {
        out.piece(USER_PIECE);
        out.value(userNumber(telling.subject));
      }
    }
    out.endLine();
    return severity;
  }

  tell(page: PageWithVerdicts, index: number, time: number): RenderedLine {
    const { template, variant } = this.#prepare(page, index, time);
    const telling = this.#telling;
    const { key, isReached, isCustomers } = telling;
    const { logName } = this.#catalog.services[this.#slot(index).step.service] as CompiledService;
    const fields: Record<string, Value> = {};
    template.draw(telling);
    let message = template.message(telling);
    if (isReached) {
      const request = `req_${hex(key)}`;
      fields.trace_id =
        hex(deriveKey(key, 4)) + hex(deriveKey(key, 5)) + hex(deriveKey(key, 6)) + hex(deriveKey(key, 7));
      fields.span_id = hex(telling.stepKey) + hex(deriveKey(telling.stepKey, 2));
      fields.request_id = request;
      message += ` request_id=${request}`;
      if (isCustomers) {
        const user = userNumber(telling.subject);
        fields['user.id'] = `u_${user}`;
        message += USER + user;
      }
    }
    template.addFields(telling, fields);
    if (variant.cause) fields['error.type'] = variant.cause;
    if (variant.status) fields['http.response.status_code'] = variant.status;
    return { level: LEVEL_NUMBERS[variant.level], service: logName, message, fields };
  }

  /** Sets the scene for a line; returns the variant to tell. */
  #prepare(page: PageWithVerdicts, index: number, time: number): CompiledVariant {
    const slot = this.#slot(index);
    const { step, stepIndex, journey } = slot;
    const kind = this.#cast.journeys[journey] as CompiledJourney;
    const key = page.keys[journey] as number;
    const took = this.#pages.stepDurationMs(page, index);
    const { bad, failures } = page.verdicts;
    const isBad = bad[index] === 1;
    const failure = failures.before(slot);
    const reached = !kind.background && (!failure || isReached(step, took, failure));

    const telling = this.#telling;
    telling.key = key;
    telling.stepKey = stepKey(key, stepIndex);
    telling.durationMs = took;
    telling.elapsedMs = time - (page.starts[journey] as number);
    telling.failure = reached ? failure : undefined;
    telling.http = kind.http;
    telling.isReached = reached;
    telling.isCustomers = kind.journey.actor === 'customer';
    this.#setSubject(page, journey, key);
    const chosen = reached ? this.#choose(slot, isBad, failure) : this.#chooseBackground(step.service, isBad);
    if (!chosen) throw new Error(`Nothing to say in ${kind.name}: validation should have refused the definition`);
    telling.variant = chosen.variant;
    return chosen;
  }

  #choose(
    { step, stepIndex }: Slot,
    isBad: boolean,
    failure: CompiledFailure | undefined,
  ): CompiledVariant | undefined {
    const { key, stepKey, durationMs } = this.#telling;
    if (!failure) return isBad ? chooseFault(step, key, stepIndex, durationMs) : choose(step.ok, stepKey, durationMs);
    if (!isBad) return choose(step.failed, stepKey, durationMs, failure);
    const blames = (this.#catalog.services[step.service] as CompiledService).dependsOn.has(failure.failedService);
    return choose(blames ? step.blamed : step.aftermath, stepKey, durationMs, failure);
  }

  #chooseBackground(service: number, isBad: boolean): CompiledVariant | undefined {
    const { stepKey, durationMs } = this.#telling;
    const { background } = this.#catalog.services[service] as CompiledService;
    return choose(isBad ? background.trouble : background.ok, stepKey, durationMs);
  }

  /** Which customer and order a journey concerns: its own, or those of an order placed earlier. */
  #setSubject(page: Page, journey: number, key: number): void {
    const order = orderOf(this.#pages, page.index, journey, key);
    this.#telling.order = order ?? 0;
    this.#telling.subject = order === undefined ? key : checkoutKeyOf(this.#pages, order);
  }

  #slot(index: number): Slot {
    return this.#cast.slots[index] as Slot;
  }
}
