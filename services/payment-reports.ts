/** Lines of the payment service that belong to no request: what it reports by the clock, and what happens by itself. */

import type { Background } from './definition/index.ts';
import { conflict, debug, error, info, P99, POOL, REPORTED_FAULTS, warn } from './payment-faults.ts';

/** While a circuit breaker is open it tries now and then whether it may close. */
const PROBE_FAILED = warn(
  'provider_down',
  "CircuitBreaker '{provider}' OPEN again: probe call in HALF_OPEN answered 503",
  { when: { phase: ['peak'] } },
);

/** Reports of the connection pool and the providers, reloads, and upkeep that grows with traffic. */
export const background: Background = {
  perPage: 10,
  good: [
    debug('IdempotencyStore: key {key:hex8} expired after {idempotency_hours} h', { weight: 4 }),
    debug('RiskRules: device {device:hex8} scored {score:1~34} of 100', { weight: 4 }),
    debug('Outbox: event payment.updated published to partition {partition:0..11}', { weight: 3 }),
    info('VoidQueue drained: {voids:1..3} charges voided', { weight: 0.5 }),
    info('TokenVault: card token {token:hex8} replaced by the card network'),
  ],
  bad: [conflict('expiry of idempotency keys'), PROBE_FAILED, ...REPORTED_FAULTS],
  scheduled: {
    'pool report': {
      everySeconds: 30,
      good: [
        debug(`ConnectionPool: ${POOL}, acquired in {acquire_ms} ms on average`),
        info('Rolling update to {version} started, 0/3 pods ready', { when: { event: 'deploy.began' } }),
        info('Pod {pod} ready, version {version}', { when: { event: 'deploy.ended' } }),
        info(`ConnectionPool: recovered, ${POOL}`, {
          when: { event: 'pool_exhausted.ended' },
        }),
        info('Ledger: {shard} accepts writes again', { when: { event: 'ledger_readonly.ended' } }),
        info('Ledger: replica of {shard} back in rotation, {replica_lag} s behind', {
          when: { event: 'ledger_replica_lag.ended' },
        }),
      ],
      bad: [
        conflict('report of balances'),
        ...REPORTED_FAULTS,
        warn('pool_exhausted', `ConnectionPool: acquire timeouts, ${POOL}`, {
          when: { event: 'pool_exhausted.began' },
        }),
        error('ledger_readonly', 'Ledger: {shard} marked read-only, writes go to the outbox', {
          when: { event: 'ledger_readonly.began' },
        }),
        warn('ledger_replica_lag', 'Ledger: replica of {shard} {replica_lag} s behind, taken out of rotation', {
          when: { event: 'ledger_replica_lag.began' },
        }),
      ],
    },
    'provider report': {
      everySeconds: 30,
      // When faults begin and end: a circuit breaker reports its state as soon as it changes.
      atSeconds: 0,
      good: [
        debug('Providers: p50 {provider_p50} ms, p99 {provider_p99} ms, outbox {outbox_waiting} waiting'),
        info("CircuitBreaker '{provider}' changed state from OPEN to HALF_OPEN", {
          when: { event: 'provider_down.recovering' },
        }),
        info("CircuitBreaker '{provider}' changed state from HALF_OPEN to CLOSED", {
          when: { event: 'provider_down.ended' },
        }),
        info('Provider {provider}: p99 back to {provider_p99} ms', { when: { event: 'provider_slow.ended' } }),
        info('RiskRules: strict profile off (threshold {risk_threshold})', {
          when: { event: 'fraud_rules_strict.ended' },
        }),
        info('Webhooks: new signing key of {provider} imported', {
          when: { event: 'webhook_signature_mismatch.ended' },
        }),
      ],
      bad: [
        conflict('report of the outbox'),
        ...REPORTED_FAULTS,
        warn('provider_down', "CircuitBreaker '{provider}' changed state from CLOSED to OPEN", {
          when: { event: 'provider_down.began' },
        }),
        PROBE_FAILED,
        warn('provider_slow', `Provider {provider}: slow calls reported (${P99})`, {
          when: { event: 'provider_slow.began' },
        }),
        warn('fraud_rules_strict', 'RiskRules: card testing detected, strict profile on ({strict_threshold})', {
          when: { event: 'fraud_rules_strict.began' },
        }),
        warn('webhook_signature_mismatch', 'Webhooks: {provider} has rotated its signing key, new key unknown', {
          when: { event: 'webhook_signature_mismatch.began' },
        }),
      ],
    },
    'risk rules': {
      everySeconds: 600,
      good: [info('RiskRules: reloaded, {risk_rules} rules')],
      bad: [conflict('reload of the risk rules'), ...REPORTED_FAULTS],
    },
    'exchange rates': {
      everySeconds: 3600,
      good: [info('ExchangeRates: {currencies} currencies loaded from rates.example.org')],
      bad: [
        warn('rates_stale', 'ExchangeRates: rates.example.org answered 429, rates of the last hour kept'),
        ...REPORTED_FAULTS,
      ],
    },
    certificate: {
      everySeconds: 43_200,
      good: [debug('Certificates: client certificate of the acquirer expires in {cert_days} days')],
      bad: [
        conflict('check of certificates'),
        warn('certificate_expiring', 'Certificates: client certificate of the acquirer expires in {cert_days} days', {
          when: { most: { cert_days: 14 } },
          weight: 90,
        }),
      ],
    },
  },
};
