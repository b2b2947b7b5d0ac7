/** What goes wrong in Inventory: the state that its lines report, and the bad lines that several of its steps share. */

import { buildersFor, type Variant } from './definition/index.ts';

// The same under every seed, so that conditions can compare gauges with them.
const POOL_SIZE = 10;
const MAX_LAG_S = 5;
const SHARDS = 4;

export const state = {
  constants: {
    pool_size: POOL_SIZE,
    max_lag: MAX_LAG_S,
    shards: SHARDS,
    safety_stock: '10|20',
    hold_minutes: '15|20',
    bins: '420..980',
    carrier_rates: '640..1280',
  },
  gauges: {
    pool_used: {
      usual: [0, 5],
      during: { pool_exhausted: ['pool_size', 'pool_size'], slow_queries: [4, 9], lock_contention: [3, 8] },
      load: true,
    },
    pool_waiting: { usual: [0, 0], during: { pool_exhausted: [2, 17] }, load: true, waitsFor: 'pool_used' },
    // 95th percentile of the wait for a connection, in ms.
    acquire_p95: { usual: [0, 4], during: { pool_exhausted: [120, 820] }, load: true, waitsFor: 'pool_used' },
    // Seconds, of the replica that is farthest behind.
    lag: { usual: [0, 1], during: { replica_lag: [8, 95] } },
    shards_up: { usual: ['shards', 'shards'], during: { search_degraded: [2, 2] } },
    lock_waits: { usual: [0, 1], during: { lock_contention: [3, 15] }, load: true },
    link_backlog: { usual: [0, 3], during: { warehouse_link_down: [12, 80] } },
    // Percent: about as often as the steps say `cache=hit`.
    hit_ratio: { usual: [74, 80] },
    cache_entries: { usual: [1840, 2260] },
    open_reservations: { usual: [0, 5] },
  },
  targets: { replica: ['inv-r1', 'inv-r2', 'inv-r3'], node: ['se-1', 'se-2', 'se-3'] },
  faults: {
    replica_lag: { weight: 2, target: 'replica' },
    pool_exhausted: { weight: 3, slowdown: 3 },
    slow_queries: { weight: 3, slowdown: 4 },
    search_degraded: { weight: 2, target: 'node', slowdown: 2 },
    lock_contention: { slowdown: 3 },
    stock_cache_readonly: {},
    warehouse_link_down: {},
    record_corrupt: { of: 'sku', share: 0.008, hours: 6 },
    not_sold_here: { of: 'sku', share: 0.004, hours: 24 },
  },
} as const;

const { warn, error, timeout } = buildersFor(state);

export const READONLY = `err="READONLY You can't write against a read only replica."`;
export const REFUSED = 'err="dial tcp 198.51.100.24:5671: connect: connection refused"';
const SEQ_SCAN = 'plan="Seq Scan on stock"';

// What the gauges must show for a line to say it: when a fault begins, they take a while to get there.
export const FULL = { least: { pool_used: POOL_SIZE } };
const LAGGING = { least: { lag: MAX_LAG_S + 1 } };
const QUEUEING = { least: { lock_waits: 2 } };
const INCOMPLETE = { most: { shards_up: SHARDS - 1 } };

// In all that follows `op` is an operation as its lines name it: `op=get_stock sku={sku}`.

/** The chronic fault: idle connections to the database are closed, and the driver notices when it uses one. */
export const retried = (msg: string, op: string): Variant =>
  warn('bad_connection', `msg="${msg}" ${op} attempt={attempt:2..3} err="driver: bad connection"`, { weight: 10 });

const delays = (op: string): Variant[] => [
  retried('query retried', op),
  warn('pool_exhausted', `msg="connection acquired late" ${op} in_use={pool_used} max={pool_size} took={took}ms`, {
    weight: 3,
    when: FULL,
  }),
  warn('slow_queries', `msg="index not used" ${op} ${SEQ_SCAN} index=stock_sku_idx took={took}ms`, { weight: 3 }),
];

const failures = (op: string): Variant[] => [
  timeout('query_timeout', `msg="query failed" ${op} err="statement`, {}, '"'),
  error('slow_queries', `msg="query refused" ${op} ${SEQ_SCAN} err="estimated cost above limit"`, { fails: 503 }),
  error(
    'pool_exhausted',
    `msg="query failed" ${op} err="pool exhausted: {pool_used}/{pool_size} in use, {pool_waiting} waiting"`,
    { fails: 503, when: FULL },
  ),
];

/** WARNINGs of an operation that reads. */
export const readDelays = (op: string): Variant[] => [
  ...delays(op),
  warn('replica_lag', `msg="read moved to primary" ${op} replica={replica} lag={lag}s max_lag={max_lag}s`, {
    weight: 3,
    when: LAGGING,
  }),
];

/** All that can go wrong when an operation reads. */
export const reads = (op: string): Variant[] => [
  ...readDelays(op),
  ...failures(op),
  error('replica_lag', `msg="query failed" ${op} replica={replica} err="lag {lag} s, primary at its read limit"`, {
    fails: 503,
    when: LAGGING,
  }),
];

/** A wait for others that hold the row of the product. */
export const lockDelay = (op: string): Variant =>
  warn('lock_contention', `msg="row lock awaited" ${op} table=stock waiters={lock_waits} took={took}ms`, {
    weight: 3,
    when: QUEUEING,
  });

/** WARNINGs of an operation that writes. */
export const writeDelays = (op: string): Variant[] => [
  ...delays(op),
  warn('write_conflict', `msg="write retried" ${op} err="could not serialize access (SQLSTATE 40001)"`),
  lockDelay(op),
  warn('replica_lag', `msg="replica not awaited" ${op} replica={replica} lag={lag}s max_lag={max_lag}s`, {
    when: LAGGING,
  }),
];

/** All that can go wrong when an operation writes. */
export const writes = (op: string): Variant[] => [
  ...writeDelays(op),
  ...failures(op),
  error('lock_contention', `msg="query failed" ${op} table=stock err="deadlock detected (SQLSTATE 40P01)"`, {
    fails: 500,
    when: QUEUEING,
  }),
];

/** A write to the stock cache that is lost. */
export const cacheWrite = (key: string): Variant =>
  warn('stock_cache_readonly', `msg="cache write refused" key=${key} ${READONLY}`, { weight: 3 });

/** A message to the warehouse, or an answer from it, is missing; `instead` is what the operation does without. */
export const warehouseDelay = (op: string, instead: string): Variant =>
  warn('warehouse_link_down', `msg="warehouse not reached" ${op} ${REFUSED} fallback=${instead}`, { weight: 3 });

/** The operation fails without the warehouse. */
export const warehouseFailure = (op: string): Variant =>
  error('warehouse_link_down', `msg="warehouse not reached" ${op} ${REFUSED}`, { fails: 503 });

/** An answer lacks what the missing shards would have added. */
export const searchDelay = (op: string, part: string): Variant =>
  warn('search_degraded', `msg="partial results" ${op} part="${part}" node={node} shards={shards_up}/{shards}`, {
    weight: 3,
    when: INCOMPLETE,
  });

/** There is no answer without the missing shards. */
export const searchFailure = (op: string): Variant =>
  error(
    'search_degraded',
    `msg="query failed" ${op} node={node} err="no shard available" shards={shards_up}/{shards}`,
    {
      fails: 503,
      when: INCOMPLETE,
    },
  );

/** A product that nobody can have for some hours, or days. */
export const unusableProduct = (op: string): Variant[] => [
  error('record_corrupt', `msg="product unreadable" ${op} err="json: cannot unmarshal string into Product.weight"`, {
    fails: 500,
  }),
  warn('not_sold_here', `msg="delisted product requested" ${op} err="not sold here, still linked"`, { fails: 404 }),
];

export const LOW_STOCK = warn(
  'low_stock',
  'msg="stock below safety level" sku={sku} warehouse={warehouse} safety_stock={safety_stock}',
);

/** The lasting faults as a check of what the service depends on finds them. */
export const degraded = (msg: string): Variant[] => [
  warn('replica_lag', `msg="${msg}" check=replica replica={replica} lag={lag}s max_lag={max_lag}s`, { when: LAGGING }),
  warn('pool_exhausted', `msg="${msg}" check=pool in_use={pool_used} max={pool_size} waiting={pool_waiting}`, {
    when: FULL,
  }),
  warn('slow_queries', `msg="${msg}" check=plans ${SEQ_SCAN} index=stock_sku_idx`),
  warn('search_degraded', `msg="${msg}" check=search node={node} shards={shards_up}/{shards}`, { when: INCOMPLETE }),
  warn('lock_contention', `msg="${msg}" check=locks table=stock waiters={lock_waits}`, { when: QUEUEING }),
  warn('stock_cache_readonly', `msg="${msg}" check=cache ${READONLY}`),
  warn('warehouse_link_down', `msg="${msg}" check=warehouse_link backlog={link_backlog} ${REFUSED}`),
];
