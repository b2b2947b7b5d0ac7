/** Products and stock: catalogue and search, stock, reservations at checkout, deliveries and counts. Its log is logfmt. */

import { buildersFor, defineService, type Variant } from './definition/index.ts';
import { background } from './inventory-background.ts';
import {
  cacheWrite,
  degraded,
  FULL,
  LOW_STOCK,
  lockDelay,
  readDelays,
  reads,
  retried,
  searchDelay,
  searchFailure,
  state,
  unusableProduct,
  warehouseDelay,
  warehouseFailure,
  writeDelays,
  writes,
} from './inventory-faults.ts';

const { debug, info, warn, error, timeout, slow } = buildersFor(state);

const LIST = 'op=list_products';
const PRODUCT = 'op=get_product sku={sku}';
const SEARCH = 'op=search query="{query}"';
const STOCK = 'op=get_stock sku={sku} warehouse={warehouse}';
const RESERVE = 'op=reserve_stock order={order} sku={sku}';
const COMMIT = 'op=commit_reservation order={order} sku={sku}';
const RELEASE = 'op=release_reservation order={order} sku={sku}';
const RETURN = 'op=announce_return order={order} sku={sku}';
const RECEIVE = 'op=record_delivery delivery={delivery}';
const RAISE = 'op=raise_stock delivery={delivery} sku={sku}';
const PARK = 'op=park_delivery delivery={delivery}';
const SNAPSHOT = 'op=snapshot_stock warehouse={warehouse}';
const COMPARE = 'op=compare_bins warehouse={warehouse}';

const GOODS = 'sku={sku} qty={qty} warehouse={warehouse}';
const ORDERED = `order={order} ${GOODS}`;
const DELIVERED = `delivery={delivery} ${GOODS}`;
const FOUND = 'node={node} took={took}ms';

/** The good line names the cause for the services that have to handle the failure. */
const refused = (cause: string, line: Variant): Variant => ({ ...line, cause });

const released = (failedIn: string, status: 4 | 5, reason: string): Variant =>
  info(`msg="reservation released" ${ORDERED} reason=${reason} took={took}ms`, { when: { failedIn, status } });

const HEALTHY = debug('msg="liveness probe answered" pod={pod} took={took}ms');
const UNHEALTHY = [retried('health check degraded', 'check=postgres'), ...degraded('health check degraded')];

export const inventory = defineService({
  name: 'inventory',
  logName: 'InventoryService',
  dependsOn: [],
  ...state,
  steps: {
    'browse.lookup': {
      good: [
        debug('msg="products listed" page={page} count={page_items} cache=hit'),
        debug('msg="products listed" page={page} count={page_items} cache=miss took={took}ms', {
          when: { again: false },
          weight: 20,
        }),
      ],
      bad: [
        ...reads(LIST),
        slow('slow_search', 'msg="slow search" op=facets node={node} err="query', {}, '"'),
        searchDelay(LIST, 'facets'),
        cacheWrite('page:{page}'),
      ],
    },
    'view-product.lookup': {
      good: [
        debug('msg="product read" sku={sku} cache=hit', { weight: 96 }),
        debug('msg="product read" sku={sku} cache=miss took={took}ms', {
          when: { again: false },
          weight: 1900,
        }),
        // What is missing is a variant of it: the same customer may well find the product itself.
        refused(
          'product_not_found',
          info('msg="product not found" sku={sku} variant={variant:hex4}', { fails: 404, weight: 5 }),
        ),
      ],
      bad: [
        ...reads(PRODUCT),
        ...unusableProduct(PRODUCT),
        searchDelay(PRODUCT, 'related products'),
        cacheWrite('product:{sku}'),
        warehouseDelay(PRODUCT, 'last_sync'),
      ],
    },
    'search.query': {
      good: [debug(`msg="search finished" query="{query}" hits={hits} ${FOUND}`)],
      bad: [
        ...reads('op=load_hits'),
        slow('slow_search', 'msg="slow search" op=search node={node} err="query', {}, '" query="{query}"'),
        searchDelay(SEARCH, 'hits'),
        searchFailure(SEARCH),
        cacheWrite('query:{query}'),
      ],
    },
    'add-to-basket.availability': {
      good: [
        debug(`msg="availability checked" ${GOODS} available=true took={took}ms`, { weight: 96 }),
        refused(
          'out_of_stock',
          info(`msg="availability checked" ${GOODS} available=false took={took}ms`, { fails: 409, weight: 4 }),
        ),
      ],
      bad: [
        ...reads(STOCK),
        ...unusableProduct(STOCK),
        // The row is read for share: what is promised to the basket must not change meanwhile.
        lockDelay(STOCK),
        LOW_STOCK,
        cacheWrite('stock:{sku}'),
        warehouseDelay(STOCK, 'last_sync'),
      ],
    },
    'checkout.reserve': {
      good: [
        info(`msg="stock reserved" ${ORDERED} hold={hold_minutes}m0s took={took}ms`, { weight: 99 }),
        refused('out_of_stock', info(`msg="reservation refused" ${ORDERED} reason=out_of_stock`, { fails: 409 })),
      ],
      bad: [
        ...writes(RESERVE),
        ...unusableProduct(RESERVE),
        LOW_STOCK,
        cacheWrite('hold:{order}'),
        error('stock_cache_readonly', `msg="reservation not held" ${RESERVE} err="stock cache is read-only"`, {
          fails: 503,
        }),
        warehouseDelay(RESERVE, 'last_sync'),
        warehouseFailure(RESERVE),
      ],
    },
    'checkout.settle': {
      good: [info(`msg="reservation committed" ${ORDERED} took={took}ms`)],
      bad: [
        ...writes(COMMIT),
        error('commit_failed', `msg="query failed" ${COMMIT} err="unexpected EOF during COMMIT"`, {
          fails: 500,
          weight: 0.3,
        }),
        cacheWrite('hold:{order}'),
        warehouseDelay(COMMIT, 'pick_order_queued'),
      ],
      afterFailure: {
        good: [
          released('payment', 4, 'payment_declined'),
          released('payment', 5, 'payment_failed'),
          released('auth', 4, 'customer_refused'),
          released('auth', 5, 'customer_not_verified'),
        ],
        bad: [...writeDelays(RELEASE), cacheWrite('hold:{order}'), warehouseDelay(RELEASE, 'release_queued')],
      },
    },
    'refund.restock': {
      good: [info(`msg="return announced" ${ORDERED} carrier={carrier} took={took}ms`)],
      bad: [...writes(RETURN), warehouseDelay(RETURN, 'notice_queued'), warehouseFailure(RETURN)],
    },
    'restock.receive': {
      good: [
        info(`msg="delivery received" ${DELIVERED} carrier={carrier} took={took}ms`, { weight: 97 }),
        refused(
          'barcode_unknown',
          info('msg="delivery refused" delivery={delivery} reason=barcode_unknown barcode={barcode:hex8}', {
            fails: 422,
            weight: 3,
          }),
        ),
      ],
      bad: [
        ...writes(RECEIVE),
        warn('delivery_short', `msg="delivery short" ${DELIVERED} announced={announced:qty+1..12}`),
        warehouseDelay(RECEIVE, 'manual_entry'),
        warehouseFailure(RECEIVE),
      ],
    },
    'restock.adjust': {
      good: [info(`msg="stock raised" ${DELIVERED} took={took}ms`)],
      bad: [
        ...writes(RAISE),
        searchDelay(RAISE, 'reindexing'),
        cacheWrite('stock:{sku}'),
        warehouseDelay(RAISE, 'put_away_queued'),
      ],
      afterFailure: {
        good: [
          debug('msg="stock unchanged" delivery={delivery} sku={sku} reason={failed.cause}', {
            when: { failedIn: 'inventory' },
          }),
        ],
        bad: [...writeDelays(PARK), warehouseDelay(PARK, 'notice_queued')],
      },
    },
    'health-check.inventory': {
      good: [HEALTHY],
      bad: [
        ...UNHEALTHY,
        timeout('query_timeout', 'msg="health check failed" check=postgres err="ping', {}, '"'),
        error('pool_exhausted', 'msg="health check failed" check=pool in_use={pool_used} max={pool_size}', {
          fails: 503,
          when: FULL,
          weight: 0.3,
        }),
      ],
      afterFailure: { good: [HEALTHY], bad: UNHEALTHY },
    },
    'stock-count.begin': {
      good: [info('msg="stock count started" warehouse={warehouse} bins={bins}')],
      bad: [retried('query retried', SNAPSHOT), warehouseDelay(SNAPSHOT, 'last_sync')],
    },
    'stock-count.finish': {
      good: [
        info('msg="stock count finished" warehouse={warehouse} bins={bins} corrected={corrected:0~6} took={took}ms'),
      ],
      bad: [
        ...readDelays(COMPARE),
        warn('stock_drift', 'msg="stock count differs" warehouse={warehouse} bins={bins} differing={differing:12~90}'),
        warehouseDelay(COMPARE, 'last_sync'),
      ],
    },
  },
  background,
});
