import { type Journey, statusOf } from '../definition/definition.ts';
import { agentOf, cardOf, cityOf, emailOf, hostOf, networkOf, userNumber } from './customers.ts';
import * as goods from './entities.ts';
import { deriveKey, hex } from './hash.ts';
import type { RenderContext, RenderedValue } from './render-context.ts';
import * as responses from './responses.ts';
import { encodePiece, type PackedText } from './text-buffer.ts';

interface Placeholder extends RenderedValue {
  /** Name in the record: OpenTelemetry's semantic convention where there is one. */
  readonly field: string;
  /** Where it has a meaning; everywhere by default. */
  readonly only?: 'customer' | 'system' | 'order' | 'http' | 'failure' | 'journey';
}

/** An id of a prefix and eight hexadecimal digits. */
function hexId(prefix: string, keyOf: (context: RenderContext) => number): RenderedValue {
  const piece = encodePiece(prefix);
  return {
    get: (t) => prefix + hex(keyOf(t)),
    write: (t, out) => {
      out.piece(piece);
      out.hex(keyOf(t));
    },
  };
}

/** An id of a prefix and a number. */
function numberId(prefix: string, numberOf: (context: RenderContext) => number): RenderedValue {
  const piece = encodePiece(prefix);
  return {
    get: (t) => prefix + numberOf(t),
    write: (t, out) => {
      out.piece(piece);
      out.value(numberOf(t));
    },
  };
}

function ofCustomer(textOf: (customer: number) => PackedText): RenderedValue {
  return {
    get: (t) => textOf(userNumber(t.subject)).text,
    write: (t, out) => {
      out.piece(textOf(userNumber(t.subject)).piece);
    },
  };
}

const pageOf = (t: RenderContext): number => responses.cataloguePage(t.key);

const BODY_SIZE = 'http.response.body.size';

const address: RenderedValue = {
  get: (t) => networkOf(userNumber(t.subject)).text + hostOf(userNumber(t.subject)),
  write: (t, out) => {
    const customer = userNumber(t.subject);
    out.piece(networkOf(customer).piece);
    out.value(hostOf(customer));
  },
};

const placeholders = {
  took: { get: (t) => t.durationMs, field: 'step_ms', only: 'journey' },
  elapsed: { get: (t) => t.elapsedMs, field: 'duration_ms', only: 'journey' },
  status: { get: (t) => statusOf(t.variant) ?? t.failure?.status ?? 0, field: 'http.response.status_code' },
  method: { get: (t) => t.http?.method ?? '', field: 'http.request.method', only: 'http' },
  path: { get: (t) => t.http?.path(t) ?? '', field: 'url.path', only: 'http' },

  user: { ...numberId('u_', (t) => userNumber(t.subject)), field: 'user.id', only: 'customer' },
  email: { ...ofCustomer(emailOf), field: 'user.email', only: 'customer' },
  agent: { ...ofCustomer(agentOf), field: 'user_agent.name', only: 'customer' },
  city: { get: (t) => cityOf(userNumber(t.subject)), field: 'client.geo.locality.name', only: 'customer' },
  session: { ...hexId('ses_', (t) => deriveKey(t.session, 9)), field: 'session.id', only: 'customer' },
  basket: { ...hexId('bsk_', (t) => deriveKey(t.basket, 21)), field: 'basket_id', only: 'customer' },
  // A request that is tried again keeps its basket, and so its key.
  idempotency_key: { ...hexId('', (t) => deriveKey(t.basket, 27)), field: 'idempotency_key', only: 'customer' },
  query: { get: (t) => goods.searchWords(t.key), field: 'search_query', only: 'customer' },
  page: { get: pageOf, field: 'page', only: 'customer' },
  page_items: { get: (t) => responses.itemsOfPage(pageOf(t)), field: 'page_items', only: 'customer' },
  hits: { get: (t) => responses.hits(goods.searchWords(t.key)), field: 'hits', only: 'customer' },
  search: { get: (t) => goods.searchQuery(t.key), field: 'url.query', only: 'customer' },
  card: { get: (t) => cardOf(userNumber(t.subject)), field: 'card_last4', only: 'customer' },
  price: { get: (t) => goods.price(t.goods), field: 'price', only: 'customer' },
  amount: { get: (t) => goods.amount(t.goods), field: 'amount', only: 'customer' },
  ip: { ...address, field: 'client.address', only: 'journey' },

  search_bytes: { get: (t) => responses.searchBytes(goods.searchWords(t.key)), field: BODY_SIZE, only: 'customer' },
  list_bytes: { get: (t) => responses.listBytes(pageOf(t)), field: BODY_SIZE, only: 'customer' },
  product_bytes: { get: (t) => responses.productBytes(t.goods), field: BODY_SIZE, only: 'customer' },
  order_bytes: { get: (t) => responses.orderBytes(t.order), field: BODY_SIZE, only: 'order' },

  order: { ...numberId('ord_', (t) => t.order), field: 'order_id', only: 'order' },
  charge: { ...hexId('ch_', (t) => deriveKey(t.targetKey, 22)), field: 'charge_id', only: 'order' },
  refund: { ...hexId('re_', (t) => deriveKey(t.targetKey, 23)), field: 'refund_id', only: 'order' },
  tracking: { ...hexId('trk_', (t) => deriveKey(t.targetKey, 24)), field: 'tracking_id', only: 'order' },
  delivery: { ...hexId('dlv_', (t) => deriveKey(t.key, 25)), field: 'delivery_id', only: 'system' },

  sku: { ...numberId('SKU-', (t) => goods.skuNumber(t.goods)), field: 'sku' },
  product: { get: (t) => goods.product(t.goods), field: 'product' },
  qty: { get: (t) => goods.quantity(t.goods), field: 'quantity', only: 'journey' },
  warehouse: { get: (t) => goods.warehouse(t.goods), field: 'warehouse' },
  carrier: { get: (t) => goods.carrier(t.goods), field: 'carrier' },

  pod: { get: (t) => t.state.pod(t.podKey, t.at), field: 'k8s.pod.name' },
  version: { get: (t) => t.state.version(t.at), field: 'service.version' },

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
