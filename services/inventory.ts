/** Products and stock: catalogue and search, stock, reservations at checkout, deliveries and counts. */

import { debug, defineService, error, info, poolExhausted, slow, timeout, warn } from './definition/index.ts';

const REPLICA = '{replica:inv-r1|inv-r2|inv-r3}';

const NO_CONNECTION = poolExhausted('connection', { max: '20|40|60', waiting: '3~80', weight: 3 });
const REPLICA_BEHIND = warn('replica_lag', `read of {sku} moved to primary: replica ${REPLICA} lags {lag:5~90} s`, {
  weight: 4,
});

const UNHEALTHY = [
  warn('replica_lag', `health check degraded: replica ${REPLICA} lags {lag:5~90} s`, { weight: 3 }),
  warn('index_yellow', 'health check degraded: search index yellow, {count:2..4} shards unassigned', { weight: 2 }),
] as const;

export const inventory = defineService({
  name: 'inventory',
  logName: 'InventoryService',
  dependsOn: [],
  steps: {
    'browse.lookup': {
      good: [
        debug('catalogue page {page:1~40} read in {took} ms, {count:20|24|48} products', { weight: 12 }),
        debug('catalogue page {page:1~12} from cache', { weight: 8 }),
        debug('catalogue filtered by warehouse {warehouse}: {count:3~180} products', { weight: 3 }),
      ],
      bad: [
        slow('slow_query', 'catalogue query', { minMs: 20, weight: 6 }, ', sequential scan'),
        REPLICA_BEHIND,
        warn('cache_stampede', '{count:12~200} readers rebuilt the same catalogue page', { weight: 2 }),
        timeout('catalogue_timeout', 'catalogue query', { minMs: 30, weight: 5 }),
        NO_CONNECTION,
      ],
    },
    'view-product.lookup': {
      good: [
        debug('{sku} read in {took} ms: {free:6~420} in stock at {warehouse}', { weight: 8 }),
        debug('{sku} "{product}" from cache', { weight: 6 }),
        debug('{sku}: price {price} EUR, {free:6~420} in stock', { weight: 3 }),
      ],
      bad: [
        warn('product_not_sold_here', '{sku} asked for, not sold in the requested store but linked there', {
          fails: 404,
          weight: 5,
        }),
        REPLICA_BEHIND,
        warn('price_cache_stale', 'price of {sku} served from cache {age:301~4000} s old, refresh failed', {
          weight: 3,
        }),
        timeout('catalogue_timeout', 'read of {sku}', { minMs: 20, weight: 4 }),
        error(
          'record_corrupt',
          'record of {sku} unreadable: attribute {attribute:dimensions|variants|labels} is no valid JSON',
          { fails: 500 },
        ),
      ],
    },
    'search.query': {
      good: [
        debug('query "{query}": {count:2~340} products in {took} ms', { weight: 10 }),
        debug('query "{query}" from cache, {count:2~120} products', { weight: 3 }),
        info('query "{query}" found nothing within filter {filter:colour:teal|size:xs|rating:5|delivery:today}'),
      ],
      bad: [
        slow('slow_query', 'query "{query}"', { minMs: 75, weight: 6 }),
        warn('shard_missing', 'query "{query}" answered by {answered:2..3} of 4 shards', { weight: 3 }),
        warn('index_stale', 'search index {age:16~300} min behind the catalogue, query "{query}" may miss products', {
          weight: 2,
        }),
        timeout('search_timeout', 'query "{query}"', { minMs: 100, weight: 4 }),
        error(
          'search_rejected',
          'query "{query}" rejected: search queue full, {waiting:200|500|1000}/{waiting} waiting',
          { fails: 503, weight: 2 },
        ),
      ],
    },
    'add-to-basket.availability': {
      good: [
        debug('{qty} x {sku} available, {free:6~420} in stock at {warehouse}', { weight: 8 }),
        debug('availability of {sku} checked in {took} ms', { weight: 4 }),
      ],
      bad: [
        warn('out_of_stock', '{qty} x {sku} asked for, none left at {warehouse}', { fails: 409, weight: 4 }),
        warn('out_of_stock', '{qty} x {sku} asked for, {left:qty-1..-1} left at {warehouse}', {
          fails: 409,
          weight: 2,
        }),
        warn('low_stock', '{sku} below safety stock: {left:minimum-4..-1} left, minimum {minimum:10|20}', {
          weight: 5,
        }),
        REPLICA_BEHIND,
        timeout('stock_timeout', 'availability of {sku}', { minMs: 25, weight: 4 }),
        NO_CONNECTION,
      ],
    },
    'checkout.reserve': {
      good: [
        info('reserved {qty} x {sku} for {order} at {warehouse}', { weight: 8 }),
        debug('reservation for {order} held for {hold:15|20} min', { weight: 2 }),
        debug('row of {sku} locked and reserved for {order} in {took} ms', { weight: 2 }),
      ],
      bad: [
        warn('out_of_stock', 'cannot reserve {qty} x {sku} for {order}: none left at {warehouse}', {
          fails: 409,
          weight: 4,
        }),
        warn('out_of_stock', 'cannot reserve {qty} x {sku} for {order}: {left:qty-1..-1} left at {warehouse}', {
          fails: 409,
          weight: 2,
        }),
        warn(
          'oversell_prevented',
          'oversell of {sku} prevented for {order}: {promised:stock+0..4} promised, {stock:4..60} on hand',
          { fails: 409, weight: 3 },
        ),
        warn(
          'low_stock',
          '{sku} below safety stock after {order}: {left:minimum-7..-1} left, minimum {minimum:10|20}',
          { weight: 5 },
        ),
        warn(
          'write_conflict',
          'reservation for {order} stored on attempt {attempt:2..3} of 3: row of {sku} changed meanwhile',
          { weight: 4 },
        ),
        error('lock_timeout', 'lock on {sku} for {order} not granted within {took} ms (limit {limit} ms)', {
          fails: 504,
          when: { minMs: 30 },
          weight: 4,
        }),
        error(
          'warehouse_offline',
          'cannot reserve for {order}: warehouse {warehouse} sent no heartbeat for {age:61~900} s',
          { fails: 503, weight: 2 },
        ),
      ],
    },
    'checkout.settle': {
      good: [
        info('committed {qty} x {sku} for {order}, picking at {warehouse}', { weight: 6 }),
        info('{order} handed to {carrier} queue, {tracking}', { weight: 2 }),
        debug('reservation for {order} committed in {took} ms', { weight: 2 }),
      ],
      bad: [
        warn(
          'reservation_lost',
          'reservation for {order} lost in a failover of the stock cache, {qty} x {sku} taken from free stock',
          { weight: 4 },
        ),
        error('stock_negative', 'stock of {sku} at {warehouse} is {stock:-6..-1} after {order}', { weight: 4 }),
        warn('picking_backlog', '{order} committed, {count:180~2400} orders ahead of it at {warehouse}', { weight: 3 }),
        error('commit_failed', 'reservation for {order} not committed: deadlock detected, transaction rolled back', {
          fails: 500,
          weight: 3,
        }),
      ],
      afterFailure: {
        good: [
          info('released {qty} x {sku} for {order}: payment failed ({failed.cause})', {
            when: { failedIn: 'payment' },
          }),
          info('released {qty} x {sku} for {order}: not verified ({failed.cause})', { when: { failedIn: 'auth' } }),
        ],
        bad: [
          warn(
            'release_retried',
            'released {qty} x {sku} for {order} on attempt {attempt:2..3} of 3 ({failed.cause})',
            { weight: 3 },
          ),
          warn('release_late', 'released {qty} x {sku} for {order} ({failed.cause}), its row was locked for {took} ms'),
          error(
            'release_not_cached',
            'released {qty} x {sku} for {order} ({failed.cause}), but stock cache refused the write: READONLY',
          ),
        ],
      },
    },
    'refund.restock': {
      good: [
        info('return of {qty} x {sku} from {order} expected at {warehouse}', { weight: 3 }),
        debug('{order}: {qty} x {sku} marked as returning by {carrier}'),
      ],
      bad: [
        warn('return_needs_inspection', 'return of {qty} x {sku} from {order} goes to inspection: {reason}', {
          values: { reason: 'seal broken|serial number differs|third return of the item' },
          weight: 3,
        }),
        warn('bin_full', 'no bin for return of {sku} at {warehouse}: zone {share:96..100} % full', { weight: 2 }),
        error(
          'return_not_written',
          'return of {order} not written: {reason:unique constraint returns_order_key|deadlock detected}',
          { fails: 500 },
        ),
      ],
    },
    'restock.receive': {
      good: [
        info('{delivery} from {carrier} at {warehouse}: {qty} x {sku}', { weight: 3 }),
        debug('{delivery} scanned in {took} ms at gate {gate:1..9}'),
      ],
      bad: [
        warn('delivery_short', '{delivery} is short: {announced:qty+1..12} x {sku} announced, {qty} received', {
          weight: 4,
        }),
        warn('barcode_unknown', '{delivery} refused: barcode {barcode:hex8} on box {box:1..12} unknown', {
          fails: 422,
          weight: 2,
        }),
        warn('delivery_twice', '{delivery} was already received at {warehouse}', { fails: 409, weight: 2 }),
        timeout('scanner_timeout', 'scan of {delivery}', { minMs: 40, weight: 2 }),
      ],
    },
    'restock.adjust': {
      good: [
        info('stock of {sku} at {warehouse} raised by {qty} to {stock:qty+20..400}', { weight: 3 }),
        debug('{sku} at {warehouse} reindexed after {delivery}'),
      ],
      bad: [
        error('stock_negative', 'stock of {sku} at {warehouse} still negative after {delivery}: {stock:-9..-1}', {
          weight: 3,
        }),
        warn('write_conflict', 'stock of {sku} raised by {qty} on attempt {attempt:2..3} of 3: row changed meanwhile', {
          weight: 3,
        }),
        warn('bin_full', '{delivery} put in overflow: bin of {sku} at {warehouse} full', { weight: 2 }),
        error('lock_timeout', 'lock on {sku} for {delivery} not granted within {took} ms (limit {limit} ms)', {
          fails: 504,
          when: { minMs: 20 },
        }),
      ],
      afterFailure: {
        good: [
          debug('stock of {sku} left as it is: {delivery} ended with {failed.cause}', {
            when: { failedIn: 'inventory' },
          }),
        ],
        bad: [warn('delivery_parked', '{delivery} parked at {warehouse} for inspection ({failed.cause})')],
      },
    },
    'health-check.inventory': {
      good: [
        debug('health check passed in {took} ms', { weight: 3 }),
        debug('health check passed, search index green'),
      ],
      bad: [
        ...UNHEALTHY,
        error('database_readonly', 'health check failed: stock database in read-only mode', { fails: 503 }),
      ],
      afterFailure: { good: [debug('health check passed in {took} ms')], bad: UNHEALTHY },
    },
    'stock-count.begin': {
      good: [
        info('stock count of {warehouse} started', { weight: 2 }),
        debug('stock count of {warehouse}: snapshot {snapshot:hex6} taken'),
      ],
      bad: [
        warn('snapshot_stale', 'stock count of {warehouse} uses snapshot {age:31~600} min old', { weight: 2 }),
        warn('count_late', 'stock count of {warehouse} started {late:3~20} s late'),
      ],
    },
    'stock-count.finish': {
      good: [
        info('stock count of {warehouse} finished in {took} ms, {count:420..980} bins agree', { weight: 2 }),
        info('stock count of {warehouse} corrected {count:2..6} bins'),
      ],
      bad: [
        error('stock_negative', 'stock of {sku} at {warehouse} is {stock:-14..-1} after reconciliation', { weight: 3 }),
        warn('stock_drift', 'stock count of {warehouse}: {count:12~180} bins differ from the books', { weight: 3 }),
        warn(
          'count_slow',
          'stock count of {warehouse} stopped after {took} ms (limit {limit} ms), {count:4~300} bins left',
          { when: { minMs: 300 } },
        ),
      ],
    },
  },
  background: {
    perPage: 12,
    good: [
      debug('connection pool: {active:1~16}/{max} in use, 0 waiting', { values: { max: '20|40|60' }, weight: 6 }),
      debug('product cache: {entries:3800..9900} entries, hit ratio {hits:84..97} %', { weight: 5 }),
      debug('search index refreshed, {count:2~240} documents changed', { weight: 3 }),
      debug('{count:2~90} reservations open, oldest {age:4~880} s', { weight: 3 }),
      info('expired reservations reaped: {count:1~14}', { weight: 2 }),
      info('price list of {carrier} imported, {count:60..340} rates'),
      info('reorder proposed: {count:24|48|96} x {sku} for {warehouse}'),
    ],
    bad: [
      warn(
        'pool_pressure',
        'connection pool nearly exhausted: {active:max-2..0}/{max:20|40|60} in use, {waiting:2~30} waiting',
        { weight: 4 },
      ),
      warn('replica_lag', `replica ${REPLICA} lags {lag:11~240} s, taken out of rotation`, { weight: 4 }),
      warn('low_stock', '{sku} "{product}" down to {stock:point-9..-1} at {warehouse}, reorder point {point:10|25}', {
        weight: 5,
      }),
      warn('cache_churn', 'product cache hit ratio fell to {hits:31..62} %, {count:400~9000} evictions in a minute', {
        weight: 2,
      }),
      warn('disk_filling', 'search node {node:se-1|se-2|se-3} disk {share:91..97} % full, above flood watermark 90 %'),
      warn('gc_pause', 'search node {node:se-1|se-2|se-3} paused {pause:400~4200} ms for GC', { weight: 2 }),
      error(
        'feed_rejected',
        'stock feed of {warehouse} rejected: line {line:2~9000}, quantity "{value:N/A|1,5|--}" is no number',
        { weight: 2 },
      ),
      error('oversell', '{sku} oversold by {count:1~12} at {warehouse}: reservations exceed stock', { weight: 2 }),
      error('warehouse_link_down', 'message link to warehouse {warehouse} down, {count:3~160} picks waiting', {
        weight: 2,
      }),
      error('vacuum_stuck', 'autovacuum of table stock cancelled {count:3..12} times, {dead:90000~4000000} dead rows'),
    ],
  },
});
