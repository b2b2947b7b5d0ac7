/** What Inventory writes apart from requests: reports by the clock, events, and what grows with traffic. */

import { type Background, buildersFor, type Variant } from './definition/index.ts';
import { degraded, FULL, LOW_STOCK, READONLY, REFUSED, retried, state } from './inventory-faults.ts';

const { debug, info, warn, error } = buildersFor(state);

const POOL = 'in_use={pool_used} max={pool_size} waiting={pool_waiting}';
const LAG = 'replica={replica} lag={lag}s max_lag={max_lag}s';
const SHARDS = 'node={node} shards={shards_up}/{shards}';
const LOCKS = 'table=stock waiters={lock_waits}';

const began = (cause: string, text: string): Variant => warn(cause, text, { when: { event: `${cause}.began` } });
const ended = (cause: string, text: string): Variant => info(text, { when: { event: `${cause}.ended` } });

const FEED_REJECTED = error(
  'feed_rejected',
  'msg="stock feed rejected" warehouse={warehouse} line={line:2~9000} err="invalid quantity"',
);

export const background: Background = {
  perPage: 12,
  good: [
    debug('msg="documents indexed" count={count:2~60} node={node}', { weight: 5 }),
    debug('msg="stock event published" topic=stock.changed sku={sku} warehouse={warehouse}', { weight: 5 }),
    debug('msg="connection recycled" age={minutes:30~58}m{seconds:10..59}s', { weight: 2 }),
    info('msg="reorder proposed" sku={sku} warehouse={warehouse} units={units:24|48|96}'),
  ],
  bad: [
    retried('query retried', 'op=publish_events'),
    LOW_STOCK,
    FEED_REJECTED,
    ...degraded('dependency degraded'),
    error('pool_exhausted', `msg="events not published" ${POOL}`, { when: FULL, weight: 0.5 }),
    error('warehouse_link_down', `msg="pick orders not delivered" backlog={link_backlog} ${REFUSED}`, { weight: 0.5 }),
  ],
  scheduled: {
    'pool report': {
      everySeconds: 30,
      good: [
        debug(`msg="db pool" ${POOL} acquire_p95={acquire_p95}ms`),
        info('msg="rolling update started" version={version} ready=0/3', { when: { event: 'deploy.began' } }),
        info('msg="rolling update finished" version={version} ready=3/3', { when: { event: 'deploy.ended' } }),
        ended('pool_exhausted', `msg="db pool recovered" ${POOL}`),
        ended('slow_queries', 'msg="query plan changed" table=stock from="Seq Scan" to="Index Scan"'),
        ended('lock_contention', `msg="row locks released" ${LOCKS}`),
      ],
      bad: [
        retried('db pool not measured', 'check=pool'),
        warn('pool_exhausted', `msg="db pool exhausted" ${POOL} acquire_p95={acquire_p95}ms`, { when: FULL }),
        began('pool_exhausted', `msg="db pool filling up" ${POOL}`),
        began('slow_queries', 'msg="query plan changed" table=stock from="Index Scan" to="Seq Scan"'),
        began('lock_contention', `msg="row lock queue growing" ${LOCKS}`),
      ],
    },
    'dependency report': {
      everySeconds: 30,
      good: [
        debug(
          'msg="dependencies" lag={lag}s lock_waits={lock_waits} shards={shards_up}/{shards} backlog={link_backlog}',
        ),
        ended('replica_lag', `msg="replica caught up" ${LAG}`),
        ended('search_degraded', `msg="shards assigned" ${SHARDS}`),
        ended('stock_cache_readonly', 'msg="stock cache writable again"'),
        ended('warehouse_link_down', 'msg="warehouse link restored"'),
      ],
      bad: [
        retried('dependency degraded', 'check=postgres'),
        ...degraded('dependency degraded'),
        began('replica_lag', `msg="replica falling behind" ${LAG}`),
        began('search_degraded', `msg="shards unassigned" ${SHARDS}`),
        began('stock_cache_readonly', `msg="stock cache became read-only" ${READONLY}`),
        began('warehouse_link_down', `msg="warehouse link lost" ${REFUSED}`),
      ],
    },
    'cache report': {
      everySeconds: 60,
      good: [debug('msg="product cache" entries={cache_entries} hit_ratio={hit_ratio}%')],
      bad: [
        retried('product cache not refreshed', 'op=changed_products'),
        warn('stock_cache_readonly', `msg="product cache not refreshed" op=changed_products ${READONLY}`),
      ],
    },
    'reservation report': {
      everySeconds: 300,
      good: [debug('msg="reservations" open={open_reservations} hold={hold_minutes}m0s')],
      bad: [
        retried('query retried', 'op=expire_reservations'),
        warn('lock_contention', `msg="expiry postponed" op=expire_reservations ${LOCKS}`),
      ],
    },
    'carrier rates': {
      everySeconds: 3600,
      good: [info('msg="carrier rates imported" carriers=5 rates={carrier_rates}')],
      bad: [retried('query retried', 'op=import_rates'), FEED_REJECTED],
    },
  },
};
