/** The world of payments, its providers, ledger and connections, and the faults that several of its lines tell. */

import { buildersFor, type Variant } from './definition/index.ts';

/** Configuration, gauges, targets and faults. */
export const state = {
  constants: {
    pool_size: 12,
    /** Highest p99 of the providers' answers that is no warning, in ms. */
    p99_budget: 1500,
    /** A payment with a higher score is stopped: usually, and while cards are being tested. */
    risk_threshold: 75,
    strict_threshold: 45,
    risk_rules: '118..124',
    currencies: '31..33',
    idempotency_hours: '24|48',
    /** How late a webhook may be, in s. */
    webhook_tolerance: 300,
  },
  gauges: {
    pool_used: { usual: [0, 6], during: { pool_exhausted: ['pool_size', 'pool_size'] }, load: true },
    pool_waiting: { usual: [0, 0], during: { pool_exhausted: [2, 17] }, load: true, waitsFor: 'pool_used' },
    /** Mean wait for a connection, in ms. */
    acquire_ms: { usual: [0, 1], during: { pool_exhausted: [140, 860] }, load: true, waitsFor: 'pool_used' },
    provider_p50: { usual: [110, 170], during: { provider_slow: [480, 900] }, load: true },
    provider_p99: { usual: [640, 1150], during: { provider_slow: [3000, 5600] }, load: true },
    outbox_waiting: { usual: [0, 3], during: { ledger_readonly: [8, 60], provider_down: [6, 30] } },
    /** In s. */
    replica_lag: { usual: [0, 1], during: { ledger_replica_lag: [8, 95] } },
    review_queue: { usual: [0, 2], during: { fraud_rules_strict: [10, 24] } },
    cert_days: { usual: [1, 80], countdown: true },
  },
  targets: {
    provider: ['adyen', 'stripe', 'worldpay'],
    shard: ['ledger-1', 'ledger-2', 'ledger-3'],
  },
  faults: {
    provider_down: { target: 'provider', weight: 2 },
    provider_slow: { target: 'provider', weight: 1, slowdown: 5 },
    pool_exhausted: { weight: 4, slowdown: 2 },
    ledger_readonly: { target: 'shard' },
    ledger_replica_lag: { target: 'shard', weight: 2 },
    fraud_rules_strict: {},
    webhook_signature_mismatch: { target: 'provider' },
    card_expired: { of: 'user', share: 0.006, hours: 400 },
    insufficient_funds: { of: 'user', share: 0.01, hours: 48 },
  },
} as const;

/** Builders of variants that may name all of that. */
export const { debug, info, warn, error, timeout, slow } = buildersFor(state);

/** The connection pool, when somebody waits for a connection. */
export const POOL = '{pool_used}/{pool_size} in use, {pool_waiting} waiting';
/** How long the providers take to answer. */
export const P99 = 'p99 {provider_p99} ms, budget {p99_budget} ms';
const REFUSES = "BrokenCircuitException, circuit of '{provider}' does not allow calls";
const UNAVAILABLE = 'HttpRequestException, {provider} answered 503 Service Unavailable';

// The gauges follow a fault within some minutes. Conditions of texts that would contradict them before:
const REPLICA_LAGS = { least: { replica_lag: 4 } };
/** The circuit breaker opens after the first failures, and lets few calls pass until it is closed again. */
const BREAKER_IS_OPEN = { phase: ['peak', 'recovery'] } as const;
const BREAKER_IS_CLOSED = { phase: ['onset'] } as const;
/** As many connections are in use as there are. */
export const POOL_IS_FULL = { least: { pool_used: state.constants.pool_size } };
/** The providers' p99 is above its budget. */
export const P99_IS_HIGH = { least: { provider_p99: state.constants.p99_budget + 1 } };
/** So many payments wait for a review that cards must be being tested. */
export const PROFILE_IS_STRICT = { least: { review_queue: 8 } };

/** What always happens: two transactions on the same rows. */
export const conflict = (work: string): Variant =>
  warn('ledger_conflict', `Ledger: serialization conflict (SQLSTATE 40001) on {shard} during ${work}, retried`, {
    weight: 10,
  });

/** Faults that hinder any work on an order and end none. */
export const hindrances = (work: string): Variant[] => [
  conflict(work),
  warn('pool_exhausted', `ConnectionPool: ${work} waited for a connection (${POOL})`, {
    weight: 3,
    when: POOL_IS_FULL,
  }),
  warn('ledger_replica_lag', `Ledger: read for ${work} moved to primary of {shard}, replica {replica_lag} s behind`, {
    when: REPLICA_LAGS,
  }),
];

/** Faults that end any work on an order. */
export const obstacles = (work: string): Variant[] => [
  error('pool_exhausted', `ConnectionPool: no connection for ${work} (${POOL})`, { fails: 503, when: POOL_IS_FULL }),
  error('ledger_readonly', `Ledger: ${work} rolled back, {shard} is read-only`, { fails: 503 }),
];

/** Faults of a call to a provider, such as `Capture of {order}`. */
export const callFaults = (call: string): Variant[] => [
  timeout('provider_timeout', `${call} at {provider}`),
  warn('provider_down', `${call} not sent: ${REFUSES}`, { fails: 502, weight: 4, when: BREAKER_IS_OPEN }),
  error('provider_down', `${call} failed: ${UNAVAILABLE}`, {
    fails: 502,
    when: BREAKER_IS_CLOSED,
  }),
  warn('provider_slow', `${call} answered late by {provider} (${P99})`, { when: P99_IS_HIGH }),
];

/** Work on an order goes on, and somebody will look at it. */
export const underReview = (work: string): Variant =>
  warn('fraud_rules_strict', `RiskRules: ${work} put under review, strict profile on`, { when: PROFILE_IS_STRICT });

/** Lasting faults in lines that are about no order. */
export const REPORTED_FAULTS = [
  warn('provider_down', `Outbox: {outbox_waiting} calls not sent: ${REFUSES}`, { when: BREAKER_IS_OPEN }),
  warn('provider_down', `ProviderClient: call repeated: ${UNAVAILABLE}`, { when: BREAKER_IS_CLOSED }),
  warn('provider_slow', `Probe answered late by {provider} (${P99})`, { when: P99_IS_HIGH }),
  warn('pool_exhausted', `ConnectionPool: connections acquired in {acquire_ms} ms on average (${POOL})`, {
    when: POOL_IS_FULL,
  }),
  warn('ledger_readonly', 'Ledger: flush of {outbox_waiting} entries rolled back, {shard} is read-only'),
  warn('ledger_replica_lag', 'Ledger: reads moved to primary of {shard}, replica {replica_lag} s behind', {
    when: REPLICA_LAGS,
  }),
  warn('fraud_rules_strict', 'RiskRules: {review_queue} payments put under review, strict profile on', {
    when: PROFILE_IS_STRICT,
  }),
  warn('webhook_signature_mismatch', 'Webhooks: events polled, {provider} signs with an unknown key'),
] as const;
