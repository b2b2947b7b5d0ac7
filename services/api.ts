/** The front door, a gateway: it routes every request and logs every response. It calls all the other services. */

import { faultsOfArrival, faultsOfGateway, HEAP } from './api-lasting-faults.ts';
import { NEWCOMER, probed, response, WAREHOUSE } from './api-responses.ts';
import { debug, error, info, state, warn } from './api-state.ts';
import { defineService, type Step, type Variant } from './definition/index.ts';

const NOBODY = '{client:198.51.100.23|203.0.113.9|203.0.113.21} -';

/**
 * The arrival of a request.
 * @param zone of the rate limiter
 * @param route what the router says about it
 * @param rare a fault of such requests alone
 */
const arrival = (zone: string, route: string, rare: Variant): Step => ({
  good: [debug(`[router] {method} {path} client={ip} edge={edge} ${route}`)],
  bad: [
    warn('rate_limited', `[limiter] request delayed client={ip} zone=${zone} excess={excess:1~9}`, { weight: 10 }),
    rare,
    ...faultsOfArrival(zone),
  ],
});

/** What the gateway says at the time of a report when that is bad. */
const REPORT_FAULTS = [
  warn('rate_limited', '[limiter] client={client:198.51.100.23|203.0.113.9} over limit={rate}r/m zone=catalogue'),
  ...faultsOfGateway,
] as const;

export const api = defineService({
  name: 'api',
  logName: 'ApiService',
  dependsOn: ['auth', 'inventory', 'payment', 'notification'],
  ...state,
  steps: {
    'browse.respond': response({
      status: 200,
      bytes: '{list_bytes}',
      notModified: 2,
      bug: 'product.price.toFixed',
      isLarge: true,
      fallbacks: [{ failedIn: 'inventory', status: 200, note: 'cache=stale' }],
    }),
    'view-product.respond': response({
      status: 200,
      bytes: '{product_bytes}',
      notModified: 2,
      bug: 'product.taxRate.toFixed',
      isLarge: true,
      fallbacks: [{ failedIn: 'inventory', status: 200, note: 'cache=stale' }],
    }),
    'search.respond': response({
      status: 200,
      bytes: '{search_bytes}',
      bug: 'hit.score.toFixed',
      isLarge: true,
      fallbacks: [{ failedIn: 'inventory', status: 200, note: 'fallback=bestsellers' }],
    }),
    'sign-in.request': arrival(
      'sign-in',
      'route=sessions.create upstream=auth',
      warn('bot_suspected', '[waf] {method} {path} client={ip} score={score:71..89}/100 action=pass'),
    ),
    'sign-in.respond': response({
      status: 201,
      bytes: '{bytes:612..688}',
      client: NEWCOMER,
      bug: 'session.expiresAt.toISOString',
      fallbacks: [{ failedIn: 'auth', status: 429, note: 'retry_after=30s' }],
    }),
    'session-refresh.respond': response({
      status: 200,
      bytes: '{bytes:598..640}',
      bug: 'session.expiresAt.toISOString',
      fallbacks: [{ failedIn: 'auth', status: 200, note: 'grace=300s' }],
    }),
    'add-to-basket.respond': response({
      status: 201,
      bytes: '{bytes:310~980}',
      bug: 'item.discount.toFixed',
      fallbacks: [{ failedIn: 'inventory', status: 202, note: 'stock=unchecked' }],
    }),
    'checkout.request': arrival(
      'orders',
      'route=orders.create basket={basket} idempotency_key={idempotency_key}',
      warn('idempotency_key_missing', '[router] {method} {path} client={ip} basket={basket} without idempotency key'),
    ),
    'checkout.respond': response({
      status: 201,
      bytes: '{order_bytes}',
      bug: 'order.total.toFixed',
      fallbacks: [
        { failedIn: 'inventory', failedAt: 'reserve', status: 202, note: 'state=parked' },
        // The money has been taken by then, and is given back.
        { failedIn: 'inventory', failedAt: 'settle', status: 409, note: 'state=cancelled' },
        { failedIn: 'auth', status: 202, note: 'state=parked' },
        { failedIn: 'payment', status: 202, note: 'state=parked' },
      ],
    }),
    'refund.respond': response({
      status: 200,
      bytes: '{bytes:310..396}',
      bug: 'refund.amount.toFixed',
      fallbacks: [
        { failedIn: 'auth', status: 202, note: 'state=parked' },
        { failedIn: 'payment', status: 202, note: 'state=parked' },
        { failedIn: 'inventory', status: 200, note: 'restock=pending' },
      ],
    }),
    'order-status.respond': response({
      status: 200,
      bytes: '{order_bytes}',
      notModified: 3,
      bug: 'order.placedAt.toISOString',
      fallbacks: [
        { failedIn: 'auth', status: 200, note: 'view=public' },
        { failedIn: 'payment', status: 200, note: 'cache=stale' },
      ],
    }),
    'password-reset.respond': response({
      status: 202,
      bytes: '2',
      bug: 'reset.expiresAt.toISOString',
      fallbacks: [{ failedIn: 'auth', status: 202, note: 'state=parked' }],
    }),
    'restock.respond': response({
      status: 201,
      bytes: '{bytes:190..260}',
      client: WAREHOUSE,
      bug: 'delivery.weight.toFixed',
      fallbacks: [{ failedIn: 'inventory', status: 202, note: 'state=parked' }],
    }),
    'health-check.report': probed(),
  },
  background: {
    perPage: 12,
    good: [
      info(`${NOBODY} "GET /{probed:wp-login.php|.env|.git/config} HTTP/1.1" 404 146 {ms:1..3}ms "zgrab/0.x"`, {
        status: 404,
        weight: 2,
      }),
      debug('[cache] purged key=products/{sku} edges=3', { weight: 3 }),
      debug('[upstream] idle connection closed peer={peer:auth|inventory|payment|notification}', { weight: 2 }),
    ],
    bad: [
      warn(
        'rate_limited',
        `${NOBODY} "GET /api/v1/products HTTP/1.1" 429 84 {ms:0..1}ms "python-requests/2.32" limit={rate}r/m`,
        { status: 429, weight: 10 },
      ),
      error('log_archive_failed', '[gateway] access log not archived: logs.example.net answered 507'),
      ...faultsOfGateway,
    ],
    scheduled: {
      'upstream report': {
        everySeconds: 30,
        atSeconds: 0,
        good: [
          debug('[upstream] pool in_use={pool_used}/{pool_size} waiting={pool_waiting} acquire_p95={acquire_p95}ms'),
          info('[upstream] pool recovered in_use={pool_used}/{pool_size} waiting={pool_waiting}', {
            when: { event: 'upstream_pool_exhausted.ended' },
          }),
          info('[limiter] store=limits.example.net:6379 connected, limits enforced', {
            when: { event: 'limiter_store_lost.ended' },
          }),
        ],
        bad: [
          ...REPORT_FAULTS,
          error('worker_out_of_memory', `[worker] pod={pod} worker ended by the kernel: out of memory ${HEAP}`, {
            when: { event: 'worker_out_of_memory.began' },
          }),
        ],
      },
      'worker report': {
        everySeconds: 30,
        // After the upstream report, in which a worker is said to have ended.
        atSeconds: 7,
        good: [
          debug(
            '[worker] workers={workers} heap={heap_used}/{heap_limit}MiB lag_p99={loop_lag}ms in_flight={in_flight}',
          ),
          info('[gateway] rolling update started version={version} ready=0/3', { when: { event: 'deploy.began' } }),
          info('[gateway] pod={pod} ready version={version}', { when: { event: 'deploy.ended' } }),
          info('[gateway] route table pushed by=config-ci routes={routes}', {
            when: { event: 'bad_route_table.began' },
          }),
          info('[gateway] route table rolled back by=config-ci routes={routes}', {
            when: { event: 'bad_route_table.ended' },
          }),
          info('[worker] pod={pod} worker forked in place of the one that ended, workers={workers}', {
            when: { event: 'worker_out_of_memory.began' },
          }),
          info('[worker] heap back to {heap_used}/{heap_limit}MiB', {
            when: { event: 'worker_out_of_memory.ended' },
          }),
        ],
        bad: REPORT_FAULTS,
      },
      'cache report': {
        everySeconds: 60,
        good: [
          debug('[cache] entries={cache_entries} hit_ratio={cache_hits}%'),
          info('[edge] healthy edge={edge}', { when: { event: 'edge_node_failing.ended' } }),
        ],
        bad: [
          warn('edge_node_failing', '[edge] unhealthy edge={edge}', {
            when: { event: 'edge_node_failing.began' },
          }),
          ...REPORT_FAULTS,
        ],
      },
      'route reload': {
        everySeconds: 1200,
        good: [info('[gateway] route table reloaded revision={version} routes={routes}')],
        bad: REPORT_FAULTS,
      },
      'certificate check': {
        everySeconds: 21_600,
        good: [info('[tls] certificate of api.shop.example.com valid days={cert_days}')],
        bad: [
          warn('certificate_expiring', '[tls] certificate of api.shop.example.com expires days={cert_days}', {
            when: { most: { cert_days: 14 } },
            weight: 30,
          }),
          ...REPORT_FAULTS,
        ],
      },
    },
  },
});
