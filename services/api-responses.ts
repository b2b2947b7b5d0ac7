/** The lines of the API about a request: its arrival, good and bad responses. */

import { debug, error, info, type Variant, warn } from './definition/index.ts';

export const LINE = '{method} {path} {status} in {elapsed} ms';
export const PASSED_THROUGH = '{method} {path} {failed.status} in {elapsed} ms';
/** For the second request of a journey, which did not take the time since the journey began. */
export const SECOND = '{method} {path} {status} on second attempt';
export const SECOND_PASSED_THROUGH = '{method} {path} {failed.status} on second attempt';
export const MONEY = { method: 'toFixed', field: '{field:discount|price|taxRate|weight}' } as const;
export const TIME = { method: 'toISOString', field: '{field:expiresAt|issuedAt|lastSeenAt}' } as const;
export const GOODS = { method: 'toFixed', field: '{field:weight|volume}' } as const;

/** A good response. */
export const respond = (status: number, weight: number, more = ''): Variant => info(LINE + more, { status, weight });
/** A good response although a service that it needed is broken. */
export const degraded = (failed: string, status: number, more: string): Variant =>
  info(`${LINE}${more}`, { status, when: { failedIn: failed, status: 5 } });

/** The rejection by another service, passed on to the client. */
export const REJECTED = [
  info(`${PASSED_THROUGH} ({failed.cause})`, { when: { status: 4 }, weight: 4 }),
  debug(`${PASSED_THROUGH}, {failed} refused: {failed.cause}`, { when: { status: 4 } }),
] as const;

export const DEPENDENCY_FAULTS = [
  warn('request_refused', `${PASSED_THROUGH}: refused by {failed}, {failed.cause}`, { when: { status: 4 }, weight: 4 }),
  warn('request_refused', `${PASSED_THROUGH}: {failed.cause}, client told not to retry`, { when: { status: 4 } }),
  error('dependency_failed', `${PASSED_THROUGH}: {failed} answered {failed.cause}`, {
    when: { down: false, status: 5 },
    weight: 5,
  }),
  error('retries_exhausted', `${PASSED_THROUGH}: gave up on {failed}, retry budget spent ({failed.cause})`, {
    when: { down: false, status: 5 },
  }),
  error('dependency_unreachable', `${LINE}: {failed} unreachable, connect ECONNREFUSED {failed.address}`, {
    status: 503,
    when: { down: true },
    weight: 5,
  }),
  error('no_healthy_upstream', `${LINE}: no healthy upstream for {failed}`, {
    status: 503,
    when: { down: true },
    weight: 2,
  }),
  error('circuit_open', `${LINE}: circuit to {failed} open, {count:10..48} connections refused in 30 s`, {
    status: 503,
    when: { down: true },
  }),
] as const;

/** Faults of any response; `status` is that of the good one, the fields are those that a bug may concern. */
export const responseFaults = (
  status: number,
  { method, field }: typeof MONEY | typeof TIME | typeof GOODS,
  client = 'client {ip}',
): Variant[] => [
  warn('client_closed', `${LINE}: ${client} closed the connection`, { status: 499, weight: 6 }),
  warn('slow_response', `${LINE}, {took} ms of it writing the body (budget {limit} ms)`, {
    status,
    when: { minMs: 10 },
    weight: 4,
  }),
  error('unhandled_exception', `${LINE}: TypeError: ${field}.${method} is not a function`, { fails: 500, weight: 5 }),
  error('response_invalid', `${LINE}: response breaks its schema, field ${field} is missing`, {
    fails: 500,
    weight: 2,
  }),
  error('load_shed', `${LINE}: load shed, heap {heap:93..98} % used`, { fails: 503, weight: 2 }),
  error('worker_lost', `${LINE}: worker {worker:1..8} ended by the kernel (out of memory)`, { fails: 502 }),
];

/** Faults of a large response. */
export const largeResponseFaults = (types: typeof MONEY): Variant[] => [
  ...responseFaults(200, types),
  warn(
    'compression_skipped',
    `${LINE}, {size:4100~88000} bytes sent uncompressed: all {buffers:16|32} gzip buffers in use`,
    { status: 200, weight: 2 },
  ),
];

/** Faults on the arrival of a request; none of them ends it. */
export const ARRIVAL_FAULTS = [
  warn('rate_limit_near', 'client {ip} used {used:quota-9..-1} of {quota:60|120|300} requests this minute', {
    weight: 5,
  }),
  warn(
    'client_deprecated',
    '{method} {path} from {agent} with deprecated header x-shop-version, sunset in {days:6..58} days',
    { weight: 4 },
  ),
  warn(
    'header_oversized',
    'cookie header of {size:8200~15800} bytes from {ip} above soft limit 8192, tracking cookies dropped',
    { weight: 3 },
  ),
  warn('client_clock_skew', 'clock of {agent} at {ip} is {skew:61~7200} s off, its timestamp is ignored', {
    weight: 2,
  }),
  warn('tls_outdated', 'client {ip} negotiated TLS 1.2 with {cipher:AES128-SHA|AES256-SHA}', { weight: 2 }),
  error('audit_write_failed', 'audit record of {method} {path} kept in memory: audit sink answered "{reason}"', {
    values: { reason: 'disk quota exceeded|connection reset by peer' },
    weight: 2,
  }),
] as const;
export const CONTEXT_INVALID = error(
  'trace_context_invalid',
  '{method} {path} from {ip}: traceparent header malformed, new trace begun',
);
