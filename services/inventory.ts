/** What there is: catalogue and search, stock, reservations at checkout, deliveries and counts. */

import { debug, error, info, type ServiceDefinition, warn } from './definition/variants.ts';

const CONFLICT = { fails: true, status: 409 } as const;
const BROKEN = { fails: true, status: 500 } as const;
const UNAVAILABLE = { fails: true, status: 503 } as const;
const LATE = { fails: true, status: 504 } as const;
const LIMIT = { limit: { limit: 'took' } } as const;
const POOL = { max: { oneOf: [20, 40, 60] }, waiting: { skew: [3, 80] } } as const;
const REPLICA = { replica: ['inv-r1', 'inv-r2', 'inv-r3'] } as const;
const FREE = { free: { skew: [6, 420] } } as const;

const NO_CONNECTION = error('pool_exhausted', 'no free connection: pool {max}/{max} in use, {waiting} waiting', POOL, { ...UNAVAILABLE, weight: 3 });
const REPLICA_BEHIND = warn('replica_lag', 'read of {sku} moved to primary: replica {replica} lags {lag} s', { ...REPLICA, lag: { skew: [5, 90] } }, { weight: 4 });

const UNHEALTHY = [
  warn('replica_lag', 'health check degraded: replica {replica} lags {lag} s', { ...REPLICA, lag: { skew: [5, 90] } }, { weight: 3 }),
  warn('index_yellow', 'health check degraded: search index yellow, {count} shards unassigned', { count: [2, 4] }, { weight: 2 }),
] as const;

export const inventory = {
  name: 'inventory',
  logName: 'InventoryService',
  dependsOn: [],
  steps: {
    browse: {
      lookup: {
        ok: [
          debug('catalogue page {page} read in {took} ms, {count} products', { page: { skew: [1, 40] }, count: { oneOf: [20, 24, 48] } }, { weight: 12 }),
          debug('catalogue page {page} from cache', { page: { skew: [1, 12] } }, { weight: 8 }),
          debug('catalogue filtered by warehouse {warehouse}: {count} products', { count: { skew: [3, 180] } }, { weight: 3 }),
        ],
        trouble: [
          warn('slow_query', 'catalogue query took {took} ms (budget {limit} ms), sequential scan', LIMIT, { if: { took: 20 }, weight: 6 }),
          REPLICA_BEHIND,
          warn('cache_stampede', '{count} readers rebuilt the same catalogue page', { count: { skew: [12, 200] } }, { weight: 2 }),
          error('catalogue_timeout', 'catalogue query timed out after {took} ms (limit {limit} ms)', LIMIT, { ...LATE, if: { took: 30 }, weight: 5 }),
          NO_CONNECTION,
        ],
      },
    },
    'view-product': {
      lookup: {
        ok: [debug('{sku} read in {took} ms: {free} in stock at {warehouse}', FREE, { weight: 8 }), debug('{sku} "{product}" from cache', {}, { weight: 6 }), debug('{sku}: price {price} EUR, {free} in stock', FREE, { weight: 3 })],
        trouble: [
          warn('product_not_sold_here', '{sku} asked for, not sold in the requested store but linked there', {}, { fails: true, status: 404, weight: 5 }),
          REPLICA_BEHIND,
          warn('price_cache_stale', 'price of {sku} served from cache {age} s old, refresh failed', { age: { skew: [301, 4000] } }, { weight: 3 }),
          error('catalogue_timeout', 'read of {sku} timed out after {took} ms (limit {limit} ms)', LIMIT, { ...LATE, if: { took: 20 }, weight: 4 }),
          error('record_corrupt', 'record of {sku} unreadable: attribute {attribute} is no valid JSON', { attribute: ['dimensions', 'variants', 'labels'] }, BROKEN),
        ],
      },
    },
    search: {
      query: {
        ok: [
          debug('query "{query}": {count} products in {took} ms', { count: { skew: [2, 340] } }, { weight: 10 }),
          debug('query "{query}" from cache, {count} products', { count: { skew: [2, 120] } }, { weight: 3 }),
          info('query "{query}" found nothing within filter {filter}', { filter: ['colour:teal', 'size:xs', 'rating:5', 'delivery:today'] }, { weight: 1 }),
        ],
        trouble: [
          warn('slow_query', 'query "{query}" took {took} ms (budget {limit} ms)', LIMIT, { if: { took: 75 }, weight: 6 }),
          warn('shard_missing', 'query "{query}" answered by {answered} of 4 shards', { answered: [2, 3] }, { weight: 3 }),
          warn('index_stale', 'search index {age} min behind the catalogue, query "{query}" may miss products', { age: { skew: [16, 300] } }, { weight: 2 }),
          error('search_timeout', 'query "{query}" timed out after {took} ms (limit {limit} ms)', LIMIT, { ...LATE, if: { took: 100 }, weight: 4 }),
          error('search_rejected', 'query "{query}" rejected: search queue full, {waiting}/{waiting} waiting', { waiting: { oneOf: [200, 500, 1000] } }, { ...UNAVAILABLE, weight: 2 }),
        ],
      },
    },
    'add-to-basket': {
      availability: {
        ok: [debug('{qty} x {sku} available, {free} in stock at {warehouse}', FREE, { weight: 8 }), debug('availability of {sku} checked in {took} ms', {}, { weight: 4 })],
        trouble: [
          warn('out_of_stock', '{qty} x {sku} asked for, none left at {warehouse}', {}, { ...CONFLICT, weight: 4 }),
          warn('out_of_stock', '{qty} x {sku} asked for, {left} left at {warehouse}', { left: { plus: ['qty', -1, -1] } }, { ...CONFLICT, weight: 2 }),
          warn('low_stock', '{sku} below safety stock: {left} left, minimum {minimum}', { minimum: { oneOf: [10, 20] }, left: { plus: ['minimum', -4, -1] } }, { weight: 5 }),
          REPLICA_BEHIND,
          error('stock_timeout', 'availability of {sku} timed out after {took} ms (limit {limit} ms)', LIMIT, { ...LATE, if: { took: 25 }, weight: 4 }),
          NO_CONNECTION,
        ],
      },
    },
    checkout: {
      reserve: {
        ok: [
          info('reserved {qty} x {sku} for {order} at {warehouse}', {}, { weight: 8 }),
          debug('reservation for {order} held for {hold} min', { hold: { oneOf: [15, 20] } }, { weight: 2 }),
          debug('row of {sku} locked and reserved for {order} in {took} ms', {}, { weight: 2 }),
        ],
        trouble: [
          warn('out_of_stock', 'cannot reserve {qty} x {sku} for {order}: none left at {warehouse}', {}, { ...CONFLICT, weight: 4 }),
          warn('out_of_stock', 'cannot reserve {qty} x {sku} for {order}: {left} left at {warehouse}', { left: { plus: ['qty', -1, -1] } }, { ...CONFLICT, weight: 2 }),
          warn('oversell_prevented', 'oversell of {sku} prevented for {order}: {promised} promised, {stock} on hand', { stock: [4, 60], promised: { plus: ['stock', 0, 4] } }, { ...CONFLICT, weight: 3 }),
          warn('low_stock', '{sku} below safety stock after {order}: {left} left, minimum {minimum}', { minimum: { oneOf: [10, 20] }, left: { plus: ['minimum', -7, -1] } }, { weight: 5 }),
          warn('write_conflict', 'reservation for {order} stored on attempt {attempt} of 3: row of {sku} changed meanwhile', { attempt: [2, 3] }, { weight: 4 }),
          error('lock_timeout', 'lock on {sku} for {order} not granted within {took} ms (limit {limit} ms)', LIMIT, { ...LATE, if: { took: 30 }, weight: 4 }),
          error('warehouse_offline', 'cannot reserve for {order}: warehouse {warehouse} sent no heartbeat for {age} s', { age: { skew: [61, 900] } }, { ...UNAVAILABLE, weight: 2 }),
        ],
      },
      settle: {
        ok: [
          info('committed {qty} x {sku} for {order}, picking at {warehouse}', {}, { weight: 6 }),
          info('{order} handed to {carrier} queue, {tracking}', {}, { weight: 2 }),
          debug('reservation for {order} committed in {took} ms', {}, { weight: 2 }),
        ],
        trouble: [
          warn('reservation_lost', 'reservation for {order} lost in a failover of the stock cache, {qty} x {sku} taken from free stock', {}, { weight: 4 }),
          error('stock_negative', 'stock of {sku} at {warehouse} is {stock} after {order}', { stock: [-6, -1] }, { weight: 4 }),
          warn('picking_backlog', '{order} committed, {count} orders ahead of it at {warehouse}', { count: { skew: [180, 2400] } }, { weight: 3 }),
          error('commit_failed', 'reservation for {order} not committed: deadlock detected, transaction rolled back', {}, { ...BROKEN, weight: 3 }),
        ],
        failed: [info('released {qty} x {sku} for {order}: payment failed ({failed.cause})', {}, { if: { failed: 'payment' } }), info('released {qty} x {sku} for {order}: not verified ({failed.cause})', {}, { if: { failed: 'auth' } })],
        aftermath: [
          warn('release_retried', 'released {qty} x {sku} for {order} on attempt {attempt} of 3 ({failed.cause})', { attempt: [2, 3] }, { weight: 3 }),
          warn('release_late', 'released {qty} x {sku} for {order} ({failed.cause}), its row was locked for {took} ms'),
          error('release_not_cached', 'released {qty} x {sku} for {order} ({failed.cause}), but stock cache refused the write: READONLY'),
        ],
      },
    },
    refund: {
      restock: {
        ok: [info('return of {qty} x {sku} from {order} expected at {warehouse}', {}, { weight: 3 }), debug('{order}: {qty} x {sku} marked as returning by {carrier}')],
        trouble: [
          warn('return_needs_inspection', 'return of {qty} x {sku} from {order} goes to inspection: {reason}', { reason: ['seal broken', 'serial number differs', 'third return of the item'] }, { weight: 3 }),
          warn('bin_full', 'no bin for return of {sku} at {warehouse}: zone {share} % full', { share: [96, 100] }, { weight: 2 }),
          error('return_not_written', 'return of {order} not written: {reason}', { reason: ['unique constraint returns_order_key', 'deadlock detected'] }, BROKEN),
        ],
      },
    },
    restock: {
      receive: {
        ok: [info('{delivery} from {carrier} at {warehouse}: {qty} x {sku}', {}, { weight: 3 }), debug('{delivery} scanned in {took} ms at gate {gate}', { gate: [1, 9] })],
        trouble: [
          warn('delivery_short', '{delivery} is short: {announced} x {sku} announced, {qty} received', { announced: { plus: ['qty', 1, 12] } }, { weight: 4 }),
          warn('barcode_unknown', '{delivery} refused: barcode {barcode} on box {box} unknown', { barcode: { hex: 8 }, box: [1, 12] }, { fails: true, status: 422, weight: 2 }),
          warn('delivery_twice', '{delivery} was already received at {warehouse}', {}, { ...CONFLICT, weight: 2 }),
          error('scanner_timeout', 'scan of {delivery} timed out after {took} ms (limit {limit} ms)', LIMIT, { ...LATE, if: { took: 40 }, weight: 2 }),
        ],
      },
      adjust: {
        ok: [info('stock of {sku} at {warehouse} raised by {qty} to {stock}', { stock: { plus: ['qty', 20, 400] } }, { weight: 3 }), debug('{sku} at {warehouse} reindexed after {delivery}')],
        trouble: [
          error('stock_negative', 'stock of {sku} at {warehouse} still negative after {delivery}: {stock}', { stock: [-9, -1] }, { weight: 3 }),
          warn('write_conflict', 'stock of {sku} raised by {qty} on attempt {attempt} of 3: row changed meanwhile', { attempt: [2, 3] }, { weight: 3 }),
          warn('bin_full', '{delivery} put in overflow: bin of {sku} at {warehouse} full', {}, { weight: 2 }),
          error('lock_timeout', 'lock on {sku} for {delivery} not granted within {took} ms (limit {limit} ms)', LIMIT, { ...LATE, if: { took: 20 } }),
        ],
        failed: [debug('stock of {sku} left as it is: {delivery} ended with {failed.cause}', {}, { if: { failed: 'inventory' } })],
        aftermath: [warn('delivery_parked', '{delivery} parked at {warehouse} for inspection ({failed.cause})')],
      },
    },
    'health-check': {
      inventory: {
        ok: [debug('health check passed in {took} ms', {}, { weight: 3 }), debug('health check passed, search index green')],
        trouble: [...UNHEALTHY, error('database_readonly', 'health check failed: stock database in read-only mode', {}, UNAVAILABLE)],
        failed: [debug('health check passed in {took} ms')],
        aftermath: UNHEALTHY,
      },
    },
    'stock-count': {
      begin: {
        ok: [info('stock count of {warehouse} started', {}, { weight: 2 }), debug('stock count of {warehouse}: snapshot {snapshot} taken', { snapshot: { hex: 6 } })],
        trouble: [
          warn('snapshot_stale', 'stock count of {warehouse} uses snapshot {age} min old', { age: { skew: [31, 600] } }, { weight: 2 }),
          warn('count_late', 'stock count of {warehouse} started {late} s late', { late: { skew: [3, 20] } }),
        ],
      },
      finish: {
        ok: [info('stock count of {warehouse} finished in {took} ms, {count} bins agree', { count: [420, 980] }, { weight: 2 }), info('stock count of {warehouse} corrected {count} bins', { count: [2, 6] })],
        trouble: [
          error('stock_negative', 'stock of {sku} at {warehouse} is {stock} after reconciliation', { stock: [-14, -1] }, { weight: 3 }),
          warn('stock_drift', 'stock count of {warehouse}: {count} bins differ from the books', { count: { skew: [12, 180] } }, { weight: 3 }),
          warn('count_slow', 'stock count of {warehouse} stopped after {took} ms (limit {limit} ms), {count} bins left', { ...LIMIT, count: { skew: [4, 300] } }, { if: { took: 300 } }),
        ],
      },
    },
  },
  background: {
    perPage: 12,
    ok: [
      debug('connection pool: {active}/{max} in use, 0 waiting', { max: { oneOf: [20, 40, 60] }, active: { skew: [1, 16] } }, { weight: 6 }),
      debug('product cache: {entries} entries, hit ratio {hits} %', { entries: [3800, 9900], hits: [84, 97] }, { weight: 5 }),
      debug('search index refreshed, {count} documents changed', { count: { skew: [2, 240] } }, { weight: 3 }),
      debug('{count} reservations open, oldest {age} s', { count: { skew: [2, 90] }, age: { skew: [4, 880] } }, { weight: 3 }),
      info('expired reservations reaped: {count}', { count: { skew: [1, 14] } }, { weight: 2 }),
      info('price list of {carrier} imported, {count} rates', { count: [60, 340] }),
      info('reorder proposed: {count} x {sku} for {warehouse}', { count: { oneOf: [24, 48, 96] } }),
    ],
    trouble: [
      warn('pool_pressure', 'connection pool nearly exhausted: {active}/{max} in use, {waiting} waiting', { max: { oneOf: [20, 40, 60] }, active: { plus: ['max', -2, 0] }, waiting: { skew: [2, 30] } }, { weight: 4 }),
      warn('replica_lag', 'replica {replica} lags {lag} s, taken out of rotation', { ...REPLICA, lag: { skew: [11, 240] } }, { weight: 4 }),
      warn('low_stock', '{sku} "{product}" down to {stock} at {warehouse}, reorder point {point}', { point: { oneOf: [10, 25] }, stock: { plus: ['point', -9, -1] } }, { weight: 5 }),
      warn('cache_churn', 'product cache hit ratio fell to {hits} %, {count} evictions in a minute', { hits: [31, 62], count: { skew: [400, 9000] } }, { weight: 2 }),
      warn('disk_filling', 'search node {node} disk {share} % full, above flood watermark 90 %', { node: ['se-1', 'se-2', 'se-3'], share: [91, 97] }),
      warn('gc_pause', 'search node {node} paused {pause} ms for GC', { node: ['se-1', 'se-2', 'se-3'], pause: { skew: [400, 4200] } }, { weight: 2 }),
      error('feed_rejected', 'stock feed of {warehouse} rejected: line {line}, quantity "{value}" is no number', { line: { skew: [2, 9000] }, value: ['N/A', '1,5', '--'] }, { weight: 2 }),
      error('oversell', '{sku} oversold by {count} at {warehouse}: reservations exceed stock', { count: { skew: [1, 12] } }, { weight: 2 }),
      error('warehouse_link_down', 'message link to warehouse {warehouse} down, {count} picks waiting', { count: { skew: [3, 160] } }, { weight: 2 }),
      error('vacuum_stuck', 'autovacuum of table stock cancelled {count} times, {dead} dead rows', { count: [3, 12], dead: { skew: [90000, 4000000] } }),
    ],
  },
} as const satisfies ServiceDefinition;
