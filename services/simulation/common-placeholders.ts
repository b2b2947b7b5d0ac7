import { type Journey, statusOf } from '../definition/definition.ts';
import * as people from './entities.ts';
import type { Getter } from './render-context.ts';

interface Placeholder {
  readonly get: Getter;
  /** Name in the record: OpenTelemetry's semantic convention where there is one. */
  readonly field: string;
  /** Where it has a meaning; everywhere by default. */
  readonly only?: 'customer' | 'system' | 'order' | 'http' | 'failure' | 'journey';
}

const placeholders = {
  took: { get: (t) => t.durationMs, field: 'step_ms', only: 'journey' },
  elapsed: { get: (t) => t.elapsedMs, field: 'duration_ms', only: 'journey' },
  status: { get: (t) => statusOf(t.variant) ?? t.failure?.status ?? 0, field: 'http.response.status_code' },
  method: { get: (t) => t.http?.method ?? '', field: 'http.request.method', only: 'http' },
  path: { get: (t) => t.http?.path(t) ?? '', field: 'url.path', only: 'http' },

  user: { get: (t) => `u_${people.userNumber(t.subject)}`, field: 'user.id', only: 'customer' },
  email: { get: (t) => people.email(t.subject), field: 'user.email', only: 'customer' },
  agent: { get: (t) => people.agent(t.subject), field: 'user_agent.name', only: 'customer' },
  city: { get: (t) => people.city(t.subject), field: 'client.geo.locality.name', only: 'customer' },
  session: { get: (t) => people.session(t.key), field: 'session.id', only: 'customer' },
  basket: { get: (t) => people.idOf('bsk', t.key, 21), field: 'basket_id', only: 'customer' },
  query: { get: (t) => people.searchWords(t.key), field: 'search_query', only: 'customer' },
  card: { get: (t) => people.card(t.subject), field: 'card_last4', only: 'customer' },
  price: { get: (t) => people.price(t.subject), field: 'price', only: 'customer' },
  amount: { get: (t) => people.amount(t.subject), field: 'amount', only: 'customer' },
  ip: { get: (t) => people.customerAddress(t.subject), field: 'client.address', only: 'journey' },

  order: { get: (t) => `ord_${t.order}`, field: 'order_id', only: 'order' },
  charge: { get: (t) => people.idOf('ch', t.subject, 22), field: 'charge_id', only: 'order' },
  refund: { get: (t) => people.idOf('re', t.subject, 23), field: 'refund_id', only: 'order' },
  tracking: { get: (t) => people.idOf('trk', t.subject, 24), field: 'tracking_id', only: 'order' },
  delivery: { get: (t) => people.idOf('dlv', t.key, 25), field: 'delivery_id', only: 'system' },

  sku: { get: (t) => people.sku(t.subject), field: 'sku' },
  product: { get: (t) => people.product(t.subject), field: 'product' },
  qty: { get: (t) => people.quantity(t.subject), field: 'quantity', only: 'journey' },
  warehouse: { get: (t) => people.warehouse(t.subject), field: 'warehouse' },
  carrier: { get: (t) => people.carrier(t.subject), field: 'carrier' },

  failed: { get: (t) => t.failure?.service ?? '', field: 'peer.service', only: 'failure' },
  'failed.cause': { get: (t) => t.failure?.cause ?? '', field: 'error.type', only: 'failure' },
  'failed.status': { get: (t) => t.failure?.status ?? 0, field: 'peer.response.status_code', only: 'failure' },
  'failed.address': { get: (t) => t.failure?.address ?? '', field: 'server.address', only: 'failure' },
} as const satisfies Readonly<Record<string, Placeholder>>;

/** What every text may name without defining it. */
export type PlaceholderName = keyof typeof placeholders | 'limit';

/** What every text may name without defining it; a map, since a plain object also has a `constructor`. */
export const PLACEHOLDERS: ReadonlyMap<string, Placeholder> = new Map(Object.entries(placeholders));

/** The numeric ones, to which a value may refer. */
export const NUMERIC_PLACEHOLDERS: ReadonlySet<string> = new Set(['took', 'elapsed', 'qty', 'status']);

/** Where a text stands, which decides what it may name. */
export interface Place {
  /** Undefined for background lines. */
  readonly journey: Journey | undefined;
  /** After the journey has failed. */
  readonly afterFailure: boolean;
}

/** True when the placeholder has a meaning in that place. */
export function isMeaningful(name: string, { journey, afterFailure }: Place): boolean {
  const only = PLACEHOLDERS.get(name)?.only;
  switch (only) {
    case undefined:
      return true;
    case 'journey':
      return journey !== undefined;
    case 'failure':
      return afterFailure;
    case 'http':
      return journey?.http !== undefined;
    case 'order':
      return journey?.places !== undefined || journey?.about !== undefined;
    case 'customer':
    case 'system':
      return journey?.actor === only;
    default:
      return only satisfies never;
  }
}
