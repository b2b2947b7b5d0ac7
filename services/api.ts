/** The front door: what clients are answered, and the access log of it. It calls all the others. */

import { debug, error, info, type ServiceDefinition, type Variant, warn } from './definition/variants.ts';

const LINE = '{method} {path} {status} in {elapsed} ms';
const PASSED_ON = '{method} {path} {failed.status} in {elapsed} ms';
/** The second request of a journey: the time since the journey began would not be its own. */
const SECOND = '{method} {path} {status} on second attempt';
const SECOND_PASSED_ON = '{method} {path} {failed.status} on second attempt';
const MONEY = { method: 'toFixed', fields: ['discount', 'price', 'taxRate', 'weight'] } as const;
const TIME = { method: 'toISOString', fields: ['expiresAt', 'issuedAt', 'lastSeenAt'] } as const;
const GOODS = { method: 'toFixed', fields: ['weight', 'volume'] } as const;

/** A good answer as most of them are. */
const answer = (status: number, weight: number, more = '', values: Variant['with'] = {}): Variant => info(LINE + more, values, { status, weight });
/** A good answer although a service that it needed is broken. */
const degraded = (failed: string, status: number, more: string): Variant => info(`${LINE}${more}`, {}, { status, if: { failed, status: 5 } });

/** The refusal of another service, handed on. */
const REFUSED = [info(`${PASSED_ON} ({failed.cause})`, {}, { if: { status: 4 }, weight: 4 }), debug(`${PASSED_ON}, {failed} refused: {failed.cause}`, {}, { if: { status: 4 } })] as const;

const BLAMED = [
  warn('request_refused', `${PASSED_ON}: refused by {failed}, {failed.cause}`, {}, { if: { status: 4 }, weight: 4 }),
  warn('request_refused', `${PASSED_ON}: {failed.cause}, client told not to retry`, {}, { if: { status: 4 } }),
  error('dependency_failed', `${PASSED_ON}: {failed} answered {failed.cause}`, {}, { if: { down: false, status: 5 }, weight: 5 }),
  error('retries_exhausted', `${PASSED_ON}: gave up on {failed}, retry budget spent ({failed.cause})`, {}, { if: { down: false, status: 5 } }),
  error('dependency_unreachable', `${LINE}: {failed} unreachable, connect ECONNREFUSED {failed.address}`, {}, { status: 503, if: { down: true }, weight: 5 }),
  error('no_healthy_upstream', `${LINE}: no healthy upstream for {failed}`, {}, { status: 503, if: { down: true }, weight: 2 }),
  error('circuit_open', `${LINE}: circuit to {failed} open, {count} connections refused in 30 s`, { count: [10, 48] }, { status: 503, if: { down: true } }),
] as const;

/** What goes wrong in answering, whatever was asked; `status` is that of the good answer, the fields are what a bug may be about. */
const own = (status: number, { method, fields }: typeof MONEY | typeof TIME | typeof GOODS, client = 'client {ip}'): Variant[] => [
  warn('client_closed', `${LINE}: ${client} closed the connection`, {}, { status: 499, weight: 6 }),
  warn('slow_response', `${LINE}, {took} ms of it writing the body (budget {limit} ms)`, { limit: { limit: 'took' } }, { status, if: { took: 10 }, weight: 4 }),
  error('unhandled_exception', `${LINE}: TypeError: {field}.${method} is not a function`, { field: fields }, { fails: true, status: 500, weight: 5 }),
  error('response_invalid', `${LINE}: response breaks its schema, field {field} is missing`, { field: fields }, { fails: true, status: 500, weight: 2 }),
  error('load_shed', `${LINE}: load shed, heap {heap} % used`, { heap: [93, 98] }, { fails: true, status: 503, weight: 2 }),
  error('worker_lost', `${LINE}: worker {worker} ended by the kernel (out of memory)`, { worker: [1, 8] }, { fails: true, status: 502 }),
];

/** What goes wrong in answering with many bytes. */
const ownOfPage = (types: typeof MONEY): Variant[] => [
  ...own(200, types),
  warn('compression_skipped', `${LINE}, {size} bytes sent uncompressed: all {buffers} gzip buffers in use`, { size: { skew: [4100, 88000] }, buffers: { oneOf: [16, 32] } }, { status: 200, weight: 2 }),
];

/** The first line of a request: nothing here ends it. */
const ARRIVAL_TROUBLE = [
  warn('rate_limit_near', 'client {ip} used {used} of {quota} requests this minute', { quota: { oneOf: [60, 120, 300] }, used: { plus: ['quota', -9, -1] } }, { weight: 5 }),
  warn('client_deprecated', '{method} {path} from {agent} with deprecated header x-shop-version, sunset in {days} days', { days: [6, 58] }, { weight: 4 }),
  warn('header_oversized', 'cookie header of {size} bytes from {ip} above soft limit 8192, tracking cookies dropped', { size: { skew: [8200, 15800] } }, { weight: 3 }),
  warn('client_clock_skew', 'clock of {agent} at {ip} is {skew} s off, its timestamp is ignored', { skew: { skew: [61, 7200] } }, { weight: 2 }),
  warn('tls_outdated', 'client {ip} negotiated TLS 1.2 with {cipher}', { cipher: ['AES128-SHA', 'AES256-SHA'] }, { weight: 2 }),
  error('audit_write_failed', 'audit record of {method} {path} kept in memory: audit sink answered "{reason}"', { reason: ['disk quota exceeded', 'connection reset by peer'] }, { weight: 2 }),
] as const;
const CONTEXT_INVALID = error('trace_context_invalid', '{method} {path} from {ip}: traceparent header malformed, new trace begun');

export const api = {
  name: 'api',
  logName: 'ApiService',
  dependsOn: ['auth', 'inventory', 'payment', 'notification'],
  steps: {
    browse: {
      respond: {
        ok: [answer(200, 16), answer(200, 6, ', {size} bytes', { size: { skew: [5200, 64000] } }), answer(304, 3)],
        trouble: [...ownOfPage(MONEY), warn('crawler_suspected', `${LINE}: {ip} reads the catalogue page by page`, {}, { status: 200 })],
        failed: [...REFUSED, degraded('inventory', 200, ' from edge cache, inventory: {failed.cause}')],
        blamed: BLAMED,
      },
    },
    'view-product': {
      respond: {
        ok: [answer(200, 14), answer(200, 4, ', {size} bytes', { size: { skew: [1800, 9800] } }), answer(304, 2)],
        trouble: [...ownOfPage(MONEY), warn('image_missing', `${LINE}, no image of {sku} in the CDN`, {}, { status: 200, weight: 2 })],
        failed: [...REFUSED, degraded('inventory', 200, ', {sku} from edge cache without stock, inventory: {failed.cause}')],
        blamed: BLAMED,
      },
    },
    search: {
      respond: {
        ok: [answer(200, 12), answer(200, 4, ', query "{query}"'), answer(200, 2, ', {size} bytes', { size: { skew: [900, 38000] } })],
        trouble: [...ownOfPage(MONEY), warn('ranking_fallback', `${LINE}, query "{query}" ranked by popularity: model not loaded`, {}, { status: 200, weight: 2 })],
        failed: [...REFUSED, degraded('inventory', 200, ', bestsellers instead of results, inventory: {failed.cause}')],
        blamed: BLAMED,
      },
    },
    'sign-in': {
      request: {
        ok: [debug('{method} {path} from {ip} ({agent})', {}, { weight: 6 }), debug('{method} {path} from {city}, {agent}', {}, { weight: 2 })],
        trouble: [...ARRIVAL_TROUBLE, warn('bot_suspected', '{method} {path} from {ip}: bot score {score} of 100', { score: [71, 89] }, { weight: 2 })],
      },
      respond: {
        ok: [answer(201, 8), answer(201, 2, ' for {email}')],
        trouble: [...own(201, TIME), error('cookie_not_set', `${LINE}: session cookie of {user} not encrypted, key ring empty`, {}, { fails: true, status: 500 })],
        failed: [...REFUSED, degraded('auth', 202, ', sign-in of {email} put in the waiting room ({failed.cause})')],
        blamed: BLAMED,
      },
    },
    'failed-sign-in': {
      refuse: {
        ok: [info(LINE, {}, { status: 401, weight: 4 }), info(`${LINE} for {email}`, {}, { status: 401 })],
        trouble: [
          warn('client_reported', `${LINE}, {ip} put on the abuse list`, {}, { status: 401, weight: 4 }),
          warn('captcha_unavailable', `${LINE}, captcha provider silent, answered without a challenge`, {}, { status: 401, weight: 2 }),
          error('abuse_report_lost', `${LINE}, refusal of {ip} not reported to the WAF: its API answered "quota exceeded"`, {}, { status: 401 }),
        ],
        failed: [info(`${PASSED_ON} ({failed.cause})`, {}, { if: { status: 4 } }), degraded('auth', 202, ', sign-in of {email} put in the waiting room ({failed.cause})')],
        blamed: BLAMED,
      },
      retry: {
        ok: [debug('{method} {path} again from {ip} ({agent})', {}, { weight: 3 }), debug('second {method} {path} from {ip}')],
        trouble: [...ARRIVAL_TROUBLE, CONTEXT_INVALID],
        failed: [debug('{method} {path} again from {ip} after {failed.cause}')],
        blamed: [warn('client_retries', '{method} {path} again from {ip} ({agent}), first attempt ended with {failed.status} ({failed.cause})')],
      },
      respond: {
        ok: [info(SECOND, {}, { status: 201, weight: 3 }), info(`${SECOND} of {email}`, {}, { status: 201 })],
        trouble: [
          warn('client_closed', `${SECOND}: client {ip} closed the connection`, {}, { status: 499, weight: 2 }),
          warn('session_limit', `${SECOND}, {count} sessions of {user} open`, { count: [8, 10] }, { status: 201, weight: 2 }),
          error('unhandled_exception', `${SECOND}: TypeError: {field}.toISOString is not a function`, { field: TIME.fields }, { fails: true, status: 500 }),
        ],
        failed: [info(`${SECOND_PASSED_ON} ({failed.cause})`, {}, { if: { status: 4 } }), info(`${SECOND}, {email} still in the waiting room ({failed.cause})`, {}, { status: 202, if: { status: 5 } })],
        blamed: [
          warn('request_refused', `${SECOND_PASSED_ON}: refused by {failed}, {failed.cause}`, {}, { if: { status: 4 } }),
          error('dependency_failed', `${SECOND_PASSED_ON}: {failed} answered {failed.cause}`, {}, { if: { down: false, status: 5 } }),
          error('dependency_unreachable', `${SECOND}: {failed} unreachable, connect ECONNREFUSED {failed.address}`, {}, { status: 503, if: { down: true } }),
        ],
      },
    },
    'session-refresh': {
      respond: {
        ok: [answer(200, 8), answer(200, 1, ' ({agent})')],
        trouble: [...own(200, TIME), warn('refresh_too_often', `${LINE}: {agent} refreshed {session} {count} times in 5 min`, { count: [6, 40] }, { status: 200, weight: 2 })],
        failed: [...REFUSED, degraded('auth', 200, ', {session} prolonged by 5 min without auth: {failed.cause}')],
        blamed: BLAMED,
      },
    },
    'add-to-basket': {
      respond: {
        ok: [answer(201, 8), answer(201, 4, ', {qty} x {sku} in {basket}')],
        trouble: [
          ...own(201, MONEY),
          warn('basket_conflict', `${LINE}, {basket} was changed by another tab, merged`, {}, { status: 201, weight: 3 }),
          error('basket_write_failed', `${LINE}: {basket} not stored, basket store answered "{reason}"`, { reason: ['READONLY replica', 'OOM command not allowed'] }, { fails: true, status: 503, weight: 2 }),
        ],
        failed: [...REFUSED, degraded('inventory', 202, ', {sku} noted in {basket}, stock to be checked later ({failed.cause})')],
        blamed: BLAMED,
      },
    },
    checkout: {
      request: {
        ok: [debug('{method} {path} for {basket}: {qty} x {sku}, {amount} EUR', {}, { weight: 4 }), debug('{method} {path} from {ip} ({agent})', {}, { weight: 2 })],
        trouble: [...ARRIVAL_TROUBLE, warn('idempotency_key_missing', '{method} {path} for {basket} without idempotency key, one was made up', {}, { weight: 3 })],
      },
      respond: {
        ok: [answer(201, 8), answer(201, 5, ', {order} placed for {amount} EUR')],
        trouble: [...own(201, MONEY), error('event_not_published', `${LINE}, event order.placed for {order} not published, kept in outbox`, {}, { fails: true, status: 500, weight: 2 })],
        failed: [
          ...REFUSED,
          info(`${PASSED_ON}, {order} not placed: {failed.cause}`, {}, { if: { status: 4 }, weight: 2 }),
          degraded('inventory', 202, ', {order} accepted, stock to be confirmed ({failed.cause})'),
          degraded('auth', 202, ', {order} parked until {user} is verified ({failed.cause})'),
          degraded('payment', 202, ', {order} parked, payment to be tried again ({failed.cause})'),
        ],
        blamed: [...BLAMED, warn('order_refused', `${PASSED_ON}: {order} over {amount} EUR not placed, {failed.cause}`, {}, { if: { status: 4 }, weight: 3 })],
      },
    },
    refund: {
      respond: {
        ok: [answer(200, 3), answer(200, 2, ', {refund} over {amount} EUR')],
        trouble: own(200, MONEY),
        failed: [
          ...REFUSED,
          degraded('auth', 202, ', refund of {order} waits for permission ({failed.cause})'),
          degraded('payment', 202, ', refund of {order} queued for the next run ({failed.cause})'),
          degraded('inventory', 202, ', {refund} booked, goods not yet back in stock ({failed.cause})'),
        ],
        blamed: BLAMED,
      },
    },
    'order-status': {
      respond: {
        ok: [answer(200, 10), answer(304, 3)],
        trouble: [...own(200, MONEY), warn('polling_too_often', `${LINE}: {agent} polled {order} {count} times in a minute`, { count: { skew: [31, 240] } }, { status: 200, weight: 2 })],
        failed: [...REFUSED, degraded('auth', 200, ', public part of {order} only, auth: {failed.cause}'), degraded('payment', 200, ', {order} as last cached, payment: {failed.cause}')],
        blamed: BLAMED,
      },
    },
    'password-reset': {
      respond: {
        ok: [answer(202, 4), answer(202, 1, ' from {ip}')],
        trouble: own(202, TIME),
        failed: [...REFUSED, degraded('auth', 202, ', reset to be issued later ({failed.cause})')],
        blamed: BLAMED,
      },
    },
    restock: {
      respond: {
        ok: [answer(201, 3), answer(201, 2, ', {delivery} booked')],
        trouble: own(201, GOODS, 'warehouse gateway'),
        failed: [...REFUSED, degraded('inventory', 202, ', {delivery} noted, to be booked later ({failed.cause})')],
        blamed: BLAMED,
      },
    },
    'health-check': {
      report: {
        ok: [debug(LINE, {}, { status: 200, weight: 4 }), debug(`${LINE}, 4 of 4 dependencies answered`, {}, { status: 200 })],
        trouble: [
          warn('event_loop_lag', `${LINE}, event loop lag {lag} ms`, { lag: { skew: [120, 900] } }, { status: 200, weight: 3 }),
          warn('build_mismatch', `${LINE}, {count} of 6 instances run an older build`, { count: [1, 3] }, { status: 200, weight: 2 }),
          error('not_ready', `${LINE}: not ready, configuration {revision} not yet loaded`, { revision: { hex: 7 } }, { fails: true, status: 503 }),
        ],
        failed: [info(`${LINE}, degraded by {failed} ({failed.cause})`, {}, { status: 200 })],
        blamed: [
          warn('dependency_unhealthy', `${LINE}, degraded: {failed} reports {failed.cause}`, {}, { status: 200, if: { down: false } }),
          error('not_ready', `${LINE}: not ready, {failed} reports {failed.cause}`, {}, { status: 503, if: { down: false } }),
          error('not_ready', `${LINE}: not ready, {failed} unreachable, connect ECONNREFUSED {failed.address}`, {}, { status: 503, if: { down: true } }),
        ],
      },
    },
  },
  background: {
    perPage: 12,
    ok: [
      debug('{active} requests in flight, {idle} keep-alive connections idle', { active: { skew: [0, 60] }, idle: [18, 140] }, { weight: 6 }),
      debug('response cache: {entries} entries, hit ratio {hits} %', { entries: [2100, 9800], hits: [71, 94] }, { weight: 4 }),
      debug('event loop lag p50 {p50} ms, p99 {p99} ms', { p50: [1, 4], p99: { plus: ['p50', 4, 38] } }, { weight: 3 }),
      debug('minor GC: {freed} MiB freed, heap {heap} MiB', { freed: [8, 60], heap: [96, 240] }, { weight: 2 }),
      info('rate limits reloaded, {rules} rules', { rules: { oneOf: [42, 44] } }),
      info('route table reloaded, {routes} routes, revision {revision}', { routes: { oneOf: [61, 63] }, revision: { hex: 7 } }),
      debug('sitemap part {part} rewritten for {sku} and {count} more', { part: [1, 12], count: [40, 900] }),
    ],
    trouble: [
      warn('rate_limited', 'client {client} over its limit: {count} requests answered 429 in the last minute', { client: ['192.0.2.77', '198.51.100.23', '203.0.113.9', '203.0.113.200'], count: { skew: [12, 800] } }, { weight: 5 }),
      warn('event_loop_lag', 'event loop blocked for {lag} ms', { lag: { skew: [200, 1800] } }, { weight: 4 }),
      warn('gc_pause', 'major GC paused {pause} ms, heap {heap} of 512 MiB', { pause: { skew: [150, 900] }, heap: [380, 490] }, { weight: 3 }),
      warn('pool_pressure', 'upstream sockets nearly exhausted: {active}/{max} in use, {waiting} waiting', { max: { oneOf: [128, 256] }, active: { plus: ['max', -4, 0] }, waiting: { skew: [2, 40] } }, { weight: 3 }),
      warn('certificate_expiring', 'certificate of api.shop.example.com expires in {days} days, renewal failed', { days: 9 }),
      warn('descriptors_near_limit', '{used} of 4096 file descriptors open', { used: [3700, 4050] }),
      error('config_rejected', 'route table {revision} rejected, keeping the last one: line {line}: unknown upstream', { revision: { hex: 7 }, line: [12, 640] }, { weight: 2 }),
      error('limiter_store_lost', 'rate limiter store limits.example.net reset the connection, counting locally', {}, { weight: 3 }),
      error('upload_disk_full', 'access log archive of {size} MiB not written: no space left on device', { size: { skew: [40, 900] } }),
      error('cache_stampede', '{count} concurrent misses for {sku} in the response cache, lock not taken', { count: { skew: [40, 600] } }, { weight: 2 }),
    ],
  },
} as const satisfies ServiceDefinition;
