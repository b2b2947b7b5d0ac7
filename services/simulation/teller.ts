import { LEVEL_NUMBERS, type LogRecord } from '../../shared/record.ts';
import { type Moment, momentAt, type World } from '../../shared/world.ts';
import type { Cast, Slot } from './cast.ts';
import type { Catalog, CompiledJourney, CompiledService, CompiledVariant } from './catalog.ts';
import { choose, chooseTrouble, failureOf, isReached, stepKey } from './choice.ts';
import { draw, hex, skewed } from './hash.ts';
import type { Page, Pages } from './page.ts';
import { userNumber } from './people.ts';
import type { Failure, Telling } from './telling.ts';

/** How far back an order that somebody asks about may lie, in orders. */
const RECENT_ORDERS = 400;

/** Tells the lines: what each says, given what was judged. */
export class Teller {
  readonly #catalog: Catalog;
  readonly #cast: Cast;
  readonly #pages: Pages;
  readonly #timeline: World['timeline'];
  readonly #isBad: (page: Page, slot: number, moment: Moment) => boolean;

  constructor(
    catalog: Catalog,
    cast: Cast,
    pages: Pages,
    timeline: World['timeline'],
    isBad: (page: Page, slot: number, moment: Moment) => boolean,
  ) {
    this.#catalog = catalog;
    this.#cast = cast;
    this.#pages = pages;
    this.#timeline = timeline;
    this.#isBad = isBad;
  }

  record(page: Page, index: number): LogRecord {
    const slot = this.#cast.slots[index] as Slot;
    const { step, stepIndex } = slot;
    const key = page.keys[slot.journey] as number;
    const time = page.times[index] as number;
    const took = page.took[index] as number;
    const bad = this.#isBad(page, index, momentAt(this.#timeline, time));
    const failure = this.#failureBefore(page, index, slot);
    const service = this.#catalog.services[step.service] as CompiledService;
    const journey = this.#cast.journeys[slot.journey] as CompiledJourney;
    const reached = !journey.background && (!failure || isReached(step, this.#catalog, took, failure));
    const drawKey = stepKey(key, stepIndex);

    const chosen = reached
      ? this.#chooseReached(slot, key, took, bad, failure)
      : choose(bad ? service.background.trouble : service.background.ok, drawKey, took);
    if (!chosen)
      throw new Error(`${service.name} has nothing to say in ${journey.name}: validation should have refused it`);

    const { variant } = chosen;
    const telling: Telling = {
      key,
      ...this.#subject(page, slot.journey, key),
      stepKey: drawKey,
      took,
      elapsed: time - (page.starts[slot.journey] as number),
      variant,
      failure: reached ? failure : undefined,
      http: journey.http,
      drawn: {},
    };
    const message = chosen.message(telling);
    const fields = chosen.fields(telling);
    if (variant.cause) fields['error.type'] = variant.cause;
    if (variant.status) fields['http.response.status_code'] = variant.status;
    const head = { level: LEVEL_NUMBERS[variant.level], time, service: service.logName };
    if (!reached) return { ...head, ...fields, msg: message };
    const request = `req_${hex(key)}`;
    const ids = { trace_id: traceId(key), span_id: hex(drawKey) + hex(draw(drawKey, 2)), request_id: request };
    if (journey.journey.actor !== 'customer') {
      return { ...head, ...ids, ...fields, msg: `${message} request_id=${request}` };
    }
    const user = `u_${userNumber(telling.subject)}`;
    return { ...head, ...ids, 'user.id': user, ...fields, msg: `${message} request_id=${request} user=${user}` };
  }

  #chooseReached(
    { step, stepIndex }: Slot,
    key: number,
    took: number,
    bad: boolean,
    failure: Failure | undefined,
  ): CompiledVariant | undefined {
    const drawKey = stepKey(key, stepIndex);
    if (!failure) return bad ? chooseTrouble(step, key, stepIndex, took) : choose(step.ok, drawKey, took);
    if (!bad) return choose(step.failed, drawKey, took, failure);
    return choose(this.#blames(step.service, failure) ? step.blamed : step.aftermath, drawKey, took, failure);
  }

  #blames(service: number, failure: Failure): boolean {
    const { services } = this.#catalog;
    const culprit = services.findIndex(({ name }) => name === failure.service);
    return (services[service] as CompiledService).dependsOn.has(culprit);
  }

  /** Where the journey has failed before this slot, each earlier slot being judged by the world of its own time. */
  #failureBefore(page: Page, index: number, { journey }: Slot): Failure | undefined {
    const { firstSlot, slots, journeys } = this.#cast;
    if (journeys[journey]?.background) return undefined;
    for (let at = firstSlot[journey] as number; at < index; at++) {
      const slot = slots[at] as Slot;
      const moment = momentAt(this.#timeline, page.times[at] as number);
      const down = moment.down.includes((this.#catalog.services[slot.step.service] as CompiledService).name);
      if (!down) {
        if (!this.#isBad(page, at, moment)) continue;
        const key = page.keys[journey] as number;
        if (!chooseTrouble(slot.step, key, slot.stepIndex, page.took[at] as number).variant.fails) continue;
      }
      return failureOf(this.#catalog, slot, at, page, moment.down);
    }
    return undefined;
  }

  /** Which customer and order a journey concerns: its own, or those of an order placed earlier. */
  #subject(page: Page, journey: number, key: number): Pick<Telling, 'subject' | 'order'> {
    const { orders, orderOrdinal, journeys } = this.#cast;
    const own = orderOrdinal[journey] as number;
    const first = page.index * orders.length;
    if (own >= 0) return { subject: key, order: first + own };
    if (journeys[journey]?.journey.about !== 'order') return { subject: key, order: 0 };
    const order = Math.max(0, first - 1 - skewed(draw(key, 3), 0, RECENT_ORDERS));
    const placedIn = Math.floor(order / orders.length);
    const placedBy = orders[order % orders.length] as number;
    return { subject: this.#pages.journeyKey(placedIn, placedBy), order };
  }
}

function traceId(key: number): string {
  return hex(draw(key, 4)) + hex(draw(key, 5)) + hex(draw(key, 6)) + hex(draw(key, 7));
}
