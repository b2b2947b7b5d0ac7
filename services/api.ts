/** The front door: its access log shows the response to every client. It calls all the other services. */

import {
  ARRIVAL_FAULTS,
  CONTEXT_INVALID,
  DEPENDENCY_FAULTS,
  degraded,
  GOODS,
  LINE,
  largeResponseFaults,
  MONEY,
  PASSED_THROUGH,
  REJECTED,
  respond,
  responseFaults,
  SECOND,
  SECOND_PASSED_THROUGH,
  TIME,
} from './api-responses.ts';
import { debug, defineService, error, info, warn } from './definition/index.ts';

const HEAVY_CLIENT = '{client:192.0.2.77|198.51.100.23|203.0.113.9|203.0.113.200}';

export const api = defineService({
  name: 'api',
  logName: 'ApiService',
  dependsOn: ['auth', 'inventory', 'payment', 'notification'],
  steps: {
    'browse.respond': {
      good: [respond(200, 16), respond(200, 6, ', {size:5200~64000} bytes'), respond(304, 3)],
      bad: [
        ...largeResponseFaults(MONEY),
        warn('crawler_suspected', `${LINE}: {ip} reads the catalogue page by page`, { status: 200 }),
      ],
      afterFailure: {
        good: [...REJECTED, degraded('inventory', 200, ' from edge cache, inventory: {failed.cause}')],
        dependency: DEPENDENCY_FAULTS,
      },
    },
    'view-product.respond': {
      good: [respond(200, 14), respond(200, 4, ', {size:1800~9800} bytes'), respond(304, 2)],
      bad: [
        ...largeResponseFaults(MONEY),
        warn('image_missing', `${LINE}, no image of {sku} in the CDN`, { status: 200, weight: 2 }),
      ],
      afterFailure: {
        good: [
          ...REJECTED,
          degraded('inventory', 200, ', {sku} from edge cache without stock, inventory: {failed.cause}'),
        ],
        dependency: DEPENDENCY_FAULTS,
      },
    },
    'search.respond': {
      good: [respond(200, 12), respond(200, 4, ', query "{query}"'), respond(200, 2, ', {size:900~38000} bytes')],
      bad: [
        ...largeResponseFaults(MONEY),
        warn('ranking_fallback', `${LINE}, query "{query}" ranked by popularity: model not loaded`, {
          status: 200,
          weight: 2,
        }),
      ],
      afterFailure: {
        good: [...REJECTED, degraded('inventory', 200, ', bestsellers instead of results, inventory: {failed.cause}')],
        dependency: DEPENDENCY_FAULTS,
      },
    },
    'sign-in.request': {
      good: [
        debug('{method} {path} from {ip} ({agent})', { weight: 6 }),
        debug('{method} {path} from {city}, {agent}', { weight: 2 }),
      ],
      bad: [
        ...ARRIVAL_FAULTS,
        warn('bot_suspected', '{method} {path} from {ip}: bot score {score:71..89} of 100', { weight: 2 }),
      ],
    },
    'sign-in.respond': {
      good: [respond(201, 8), respond(201, 2, ' for {email}')],
      bad: [
        ...responseFaults(201, TIME),
        error('cookie_not_set', `${LINE}: session cookie of {user} not encrypted, key ring empty`, { fails: 500 }),
      ],
      afterFailure: {
        good: [...REJECTED, degraded('auth', 202, ', sign-in of {email} put in the waiting room ({failed.cause})')],
        dependency: DEPENDENCY_FAULTS,
      },
    },
    'failed-sign-in.refuse': {
      good: [info(LINE, { status: 401, weight: 4 }), info(`${LINE} for {email}`, { status: 401 })],
      bad: [
        warn('client_reported', `${LINE}, {ip} put on the abuse list`, { status: 401, weight: 4 }),
        warn('captcha_unavailable', `${LINE}, captcha provider silent, answered without a challenge`, {
          status: 401,
          weight: 2,
        }),
        error(
          'abuse_report_lost',
          `${LINE}, refusal of {ip} not reported to the WAF: its API answered "quota exceeded"`,
          { status: 401 },
        ),
      ],
      afterFailure: {
        good: [
          info(`${PASSED_THROUGH} ({failed.cause})`, { when: { status: 4 } }),
          degraded('auth', 202, ', sign-in of {email} put in the waiting room ({failed.cause})'),
        ],
        dependency: DEPENDENCY_FAULTS,
      },
    },
    'failed-sign-in.retry': {
      good: [
        debug('{method} {path} again from {ip} ({agent})', { weight: 3 }),
        debug('second {method} {path} from {ip}'),
      ],
      bad: [...ARRIVAL_FAULTS, CONTEXT_INVALID],
      afterFailure: {
        good: [debug('{method} {path} again from {ip} after {failed.cause}')],
        dependency: [
          warn(
            'client_retries',
            '{method} {path} again from {ip} ({agent}), first attempt ended with {failed.status} ({failed.cause})',
          ),
        ],
      },
    },
    'failed-sign-in.respond': {
      good: [info(SECOND, { status: 201, weight: 3 }), info(`${SECOND} of {email}`, { status: 201 })],
      bad: [
        warn('client_closed', `${SECOND}: client {ip} closed the connection`, { status: 499, weight: 2 }),
        warn('session_limit', `${SECOND}, {count:8..10} sessions of {user} open`, { status: 201, weight: 2 }),
        error('unhandled_exception', `${SECOND}: TypeError: ${TIME.field}.toISOString is not a function`, {
          fails: 500,
        }),
      ],
      afterFailure: {
        good: [
          info(`${SECOND_PASSED_THROUGH} ({failed.cause})`, { when: { status: 4 } }),
          info(`${SECOND}, {email} still in the waiting room ({failed.cause})`, { status: 202, when: { status: 5 } }),
        ],
        dependency: [
          warn('request_refused', `${SECOND_PASSED_THROUGH}: refused by {failed}, {failed.cause}`, {
            when: { status: 4 },
          }),
          error('dependency_failed', `${SECOND_PASSED_THROUGH}: {failed} answered {failed.cause}`, {
            when: { down: false, status: 5 },
          }),
          error('dependency_unreachable', `${SECOND}: {failed} unreachable, connect ECONNREFUSED {failed.address}`, {
            status: 503,
            when: { down: true },
          }),
        ],
      },
    },
    'session-refresh.respond': {
      good: [respond(200, 8), respond(200, 1, ' ({agent})')],
      bad: [
        ...responseFaults(200, TIME),
        warn('refresh_too_often', `${LINE}: {agent} refreshed {session} {count:6..40} times in 5 min`, {
          status: 200,
          weight: 2,
        }),
      ],
      afterFailure: {
        good: [...REJECTED, degraded('auth', 200, ', {session} prolonged by 5 min without auth: {failed.cause}')],
        dependency: DEPENDENCY_FAULTS,
      },
    },
    'add-to-basket.respond': {
      good: [respond(201, 8), respond(201, 4, ', {qty} x {sku} in {basket}')],
      bad: [
        ...responseFaults(201, MONEY),
        warn('basket_conflict', `${LINE}, {basket} was changed by another tab, merged`, { status: 201, weight: 3 }),
        error(
          'basket_write_failed',
          `${LINE}: {basket} not stored, basket store answered "{reason:READONLY replica|OOM command not allowed}"`,
          { fails: 503, weight: 2 },
        ),
      ],
      afterFailure: {
        good: [
          ...REJECTED,
          degraded('inventory', 202, ', {sku} noted in {basket}, stock to be checked later ({failed.cause})'),
        ],
        dependency: DEPENDENCY_FAULTS,
      },
    },
    'checkout.request': {
      good: [
        debug('{method} {path} for {basket}: {qty} x {sku}, {amount} EUR', { weight: 4 }),
        debug('{method} {path} from {ip} ({agent})', { weight: 2 }),
      ],
      bad: [
        ...ARRIVAL_FAULTS,
        warn('idempotency_key_missing', '{method} {path} for {basket} without idempotency key, one was made up', {
          weight: 3,
        }),
      ],
    },
    'checkout.respond': {
      good: [respond(201, 8), respond(201, 5, ', {order} placed for {amount} EUR')],
      bad: [
        ...responseFaults(201, MONEY),
        error('event_not_published', `${LINE}, event order.placed for {order} not published, kept in outbox`, {
          fails: 500,
          weight: 2,
        }),
      ],
      afterFailure: {
        good: [
          ...REJECTED,
          info(`${PASSED_THROUGH}, {order} not placed: {failed.cause}`, { when: { status: 4 }, weight: 2 }),
          degraded('inventory', 202, ', {order} accepted, stock to be confirmed ({failed.cause})'),
          degraded('auth', 202, ', {order} parked until {user} is verified ({failed.cause})'),
          degraded('payment', 202, ', {order} parked, payment to be tried again ({failed.cause})'),
        ],
        dependency: [
          ...DEPENDENCY_FAULTS,
          warn('order_refused', `${PASSED_THROUGH}: {order} over {amount} EUR not placed, {failed.cause}`, {
            when: { status: 4 },
            weight: 3,
          }),
        ],
      },
    },
    'refund.respond': {
      good: [respond(200, 3), respond(200, 2, ', {refund} over {amount} EUR')],
      bad: responseFaults(200, MONEY),
      afterFailure: {
        good: [
          ...REJECTED,
          degraded('auth', 202, ', refund of {order} waits for permission ({failed.cause})'),
          degraded('payment', 202, ', refund of {order} queued for the next run ({failed.cause})'),
          degraded('inventory', 202, ', {refund} booked, goods not yet back in stock ({failed.cause})'),
        ],
        dependency: DEPENDENCY_FAULTS,
      },
    },
    'order-status.respond': {
      good: [respond(200, 10), respond(304, 3)],
      bad: [
        ...responseFaults(200, MONEY),
        warn('polling_too_often', `${LINE}: {agent} polled {order} {count:31~240} times in a minute`, {
          status: 200,
          weight: 2,
        }),
      ],
      afterFailure: {
        good: [
          ...REJECTED,
          degraded('auth', 200, ', public part of {order} only, auth: {failed.cause}'),
          degraded('payment', 200, ', {order} as last cached, payment: {failed.cause}'),
        ],
        dependency: DEPENDENCY_FAULTS,
      },
    },
    'password-reset.respond': {
      good: [respond(202, 4), respond(202, 1, ' from {ip}')],
      bad: responseFaults(202, TIME),
      afterFailure: {
        good: [...REJECTED, degraded('auth', 202, ', reset to be issued later ({failed.cause})')],
        dependency: DEPENDENCY_FAULTS,
      },
    },
    'restock.respond': {
      good: [respond(201, 3), respond(201, 2, ', {delivery} booked')],
      bad: responseFaults(201, GOODS, 'warehouse gateway'),
      afterFailure: {
        good: [...REJECTED, degraded('inventory', 202, ', {delivery} noted, to be booked later ({failed.cause})')],
        dependency: DEPENDENCY_FAULTS,
      },
    },
    'health-check.report': {
      good: [debug(LINE, { status: 200, weight: 4 }), debug(`${LINE}, 4 of 4 dependencies answered`, { status: 200 })],
      bad: [
        warn('event_loop_lag', `${LINE}, event loop lag {lag:120~900} ms`, { status: 200, weight: 3 }),
        warn('build_mismatch', `${LINE}, {count:1..3} of 6 instances run an older build`, { status: 200, weight: 2 }),
        error('not_ready', `${LINE}: not ready, configuration {revision:hex7} not yet loaded`, { fails: 503 }),
      ],
      afterFailure: {
        good: [info(`${LINE}, degraded by {failed} ({failed.cause})`, { status: 200 })],
        dependency: [
          warn('dependency_unhealthy', `${LINE}, degraded: {failed} reports {failed.cause}`, {
            status: 200,
            when: { down: false },
          }),
          error('not_ready', `${LINE}: not ready, {failed} reports {failed.cause}`, {
            status: 503,
            when: { down: false },
          }),
          error('not_ready', `${LINE}: not ready, {failed} unreachable, connect ECONNREFUSED {failed.address}`, {
            status: 503,
            when: { down: true },
          }),
        ],
      },
    },
  },
  background: {
    perPage: 12,
    good: [
      debug('{active:0~60} requests in flight, {idle:18..140} keep-alive connections idle', { weight: 6 }),
      debug('response cache: {entries:2100..9800} entries, hit ratio {hits:71..94} %', { weight: 4 }),
      debug('event loop lag p50 {p50:1..4} ms, p99 {p99:p50+4..38} ms', { weight: 3 }),
      debug('minor GC: {freed:8..60} MiB freed, heap {heap:96..240} MiB', { weight: 2 }),
      info('rate limits reloaded, {rules:42|44} rules'),
      info('route table reloaded, {routes:61|63} routes, revision {revision:hex7}'),
      debug('sitemap part {part:1..12} rewritten for {sku} and {count:40..900} more'),
    ],
    bad: [
      warn(
        'rate_limited',
        `client ${HEAVY_CLIENT} over its limit: {count:12~800} requests answered 429 in the last minute`,
        { weight: 5 },
      ),
      warn('event_loop_lag', 'event loop blocked for {lag:200~1800} ms', { weight: 4 }),
      warn('gc_pause', 'major GC paused {pause:150~900} ms, heap {heap:380..490} of 512 MiB', { weight: 3 }),
      warn(
        'pool_pressure',
        'upstream sockets nearly exhausted: {active:max-4..0}/{max:128|256} in use, {waiting:2~40} waiting',
        { weight: 3 },
      ),
      warn('certificate_expiring', 'certificate of api.shop.example.com expires in {days:9} days, renewal failed'),
      warn('descriptors_near_limit', '{used:3700..4050} of 4096 file descriptors open'),
      error(
        'config_rejected',
        'route table {revision:hex7} rejected, keeping the last one: line {line:12..640}: unknown upstream',
        { weight: 2 },
      ),
      error('limiter_store_lost', 'rate limiter store limits.example.net reset the connection, counting locally', {
        weight: 3,
      }),
      error('upload_disk_full', 'access log archive of {size:40~900} MiB not written: no space left on device'),
      error('cache_stampede', '{count:40~600} concurrent misses for {sku} in the response cache, lock not taken', {
        weight: 2,
      }),
    ],
  },
});
