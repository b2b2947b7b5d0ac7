/** The faults of the gateway that last, as an access line, the arrival of a request and the gateway itself tell them. */

import { error, state, warn } from './api-state.ts';
import type { Variant } from './definition/index.ts';

/** Texts of access lines of one client and route; each is given what follows the usual part. */
export interface AccessLines {
  /** The client gets what it asked for. */
  readonly served: (note: string) => string;
  /** It gets an explanation of an error. */
  readonly failed: (note: string) => string;
  /** It gets nothing. */
  readonly aborted: (note: string) => string;
}

// A fault comes up within a minute or two. Until the gauge shows it, no line speaks of it.
const POOL_FULL = { least: { pool_used: state.constants.pool_size } };
const LAGGING = { least: { loop_lag: 80 } };
const HEAP_FULL = { least: { heap_used: 440 } };

const LIMIT_STORE = 'limits.example.net:6379';
const POOL = 'in_use={pool_used}/{pool_size} waiting={pool_waiting}';
export const HEAP = 'heap={heap_used}/{heap_limit}MiB';

/** @param status of the good response */
export const faultsOfResponse = (
  { served, failed, aborted }: AccessLines,
  status: number,
  isBehindEdge: boolean,
): readonly Variant[] => [
  warn('upstream_pool_exhausted', served(` ${POOL} reason=upstream_pool_exhausted`), {
    status,
    weight: 4,
    when: POOL_FULL,
  }),
  warn('event_loop_lag', served(' lag_p99={loop_lag}ms reason=event_loop_lag'), { status, weight: 4, when: LAGGING }),
  warn('worker_out_of_memory', served(` ${HEAP} reason=heap_pressure`), { status, weight: 3, when: HEAP_FULL }),
  error('worker_out_of_memory', failed(` ${HEAP} shed=true reason=heap_pressure`), { status: 503, when: HEAP_FULL }),
  warn('bad_route_table', served(' transform=skipped reason=bad_route_table'), { status, weight: 3 }),
  error('bad_route_table', failed(' err="TypeError: route.transform is not a function" reason=bad_route_table'), {
    status: 500,
  }),
  warn('limiter_store_lost', served(' limiter=bypassed reason=limiter_store_lost'), { status, weight: 4 }),
  ...(isBehindEdge
    ? [
        warn('edge_node_failing', aborted(' edge={edge} reason=edge_node_failing'), {
          status: 499,
          weight: 4,
        }),
      ]
    : []),
];

/** @param zone of the rate limiter */
export const faultsOfArrival = (zone: string): readonly Variant[] => [
  warn('upstream_pool_exhausted', `[upstream] {method} {path} queued ${POOL} reason=upstream_pool_exhausted`, {
    when: POOL_FULL,
  }),
  warn('event_loop_lag', '[worker] {method} {path} accepted late lag_p99={loop_lag}ms reason=event_loop_lag', {
    when: LAGGING,
  }),
  warn('worker_out_of_memory', `[worker] {method} {path} accepted late ${HEAP} reason=heap_pressure`, {
    when: HEAP_FULL,
  }),
  warn('bad_route_table', '[router] {method} {path} client={ip} route=default reason=bad_route_table'),
  warn('edge_node_failing', '[tls] handshake repeated edge={edge} client={ip} reason=edge_node_failing'),
  warn(
    'limiter_store_lost',
    `[limiter] client={ip} zone=${zone} not counted store=${LIMIT_STORE} reason=limiter_store_lost`,
  ),
];

/** Outside of any request. */
export const faultsOfGateway = [
  warn(
    'upstream_pool_exhausted',
    `[upstream] pool exhausted ${POOL} acquire_p95={acquire_p95}ms reason=upstream_pool_exhausted`,
    {
      when: POOL_FULL,
    },
  ),
  warn(
    'event_loop_lag',
    '[worker] event loop blocked lag_p99={loop_lag}ms in_flight={in_flight} reason=event_loop_lag',
    { when: LAGGING },
  ),
  warn('worker_out_of_memory', `[worker] heap pressure ${HEAP} reason=heap_pressure`, {
    weight: 3,
    when: HEAP_FULL,
  }),
  warn(
    'bad_route_table',
    '[router] no transform route={route:orders.read|products.read|search.query} reason=bad_route_table',
  ),
  warn('edge_node_failing', '[edge] probe failed edge={edge} reason=edge_node_failing'),
  warn('limiter_store_lost', `[limiter] limits not enforced store=${LIMIT_STORE} reason=limiter_store_lost`),
] as const;
