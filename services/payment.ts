/** Takes the money: authorisation and capture at checkout, refunds, the provider's webhooks, daily settlement. */

import { debug, error, info, type ServiceDefinition, warn } from './definition/variants.ts';

const PROVIDER = ['adyen-sim', 'stripe-sim', 'worldpay-sim'] as const;
const ENDS = { fails: true, status: 502 } as const;
const LATE = { fails: true, status: 504, if: { took: 250 } } as const;
const DECLINED = { fails: true, status: 402 } as const;

const UNHEALTHY = [
  warn('health_slow', 'health check degraded: provider {provider} answered in {ping} ms', { provider: PROVIDER, ping: { skew: [900, 2600] } }, { weight: 2 }),
  warn('replica_lag', 'health check degraded: ledger replica {lag} s behind', { lag: { skew: [5, 90] } }),
] as const;

export const payment = {
  name: 'payment',
  logName: 'PaymentService',
  dependsOn: ['auth'],
  steps: {
    checkout: {
      authorize: {
        ok: [
          info('authorized {amount} EUR for {order} on card ****{card} in {took} ms', {}, { weight: 12 }),
          info('authorized {amount} EUR for {order}, 3-D Secure frictionless, risk score {risk}', { risk: [1, 30] }, { weight: 5 }),
          info('authorized {amount} EUR for {order} after challenge on card ****{card}', {}, { weight: 2 }),
          debug('provider {provider} answered for {order} in {took} ms, auth code {code}', { provider: PROVIDER, code: { hex: 6 } }, { weight: 3 }),
        ],
        trouble: [
          warn('card_declined', 'card ****{card} declined for {order}: issuer code {code}', { code: ['05 do not honor', '51 insufficient funds', '57 not permitted', '65 limit exceeded'] }, { ...DECLINED, weight: 10 }),
          warn('card_expired', 'card ****{card} declined for {order}: issuer code 54 expired card', {}, { ...DECLINED, weight: 3 }),
          warn('fraud_suspected', 'authorization of {amount} EUR for {order} stopped by risk rules: score {risk} above {limit}', { limit: { oneOf: [70, 75, 80] }, risk: { plus: ['limit', 1, 19] } }, { ...DECLINED, weight: 3 }),
          warn('slow_provider', 'authorization of {order} took {took} ms, budget {limit} ms', { limit: { limit: 'took' } }, { if: { took: 120 }, weight: 6 }),
          error('provider_timeout', 'authorization of {order} timed out after {took} ms (limit {limit} ms), provider {provider}', { limit: { limit: 'took' }, provider: PROVIDER }, { ...LATE, weight: 6 }),
          error('provider_unavailable', 'provider {provider} answered 503 for {order}, circuit breaker half-open', { provider: PROVIDER }, { ...ENDS, weight: 3 }),
          error('pool_exhausted', 'no free connection for {order}: pool {max}/{max} in use, {waiting} waiting', { max: { oneOf: [20, 30, 50] }, waiting: { skew: [3, 60] } }, { ...ENDS, status: 503, weight: 2 }),
        ],
        failed: [info('authorization of {order} not attempted: customer not verified ({failed.cause})', {}, { if: { failed: 'auth' } })],
        blamed: [
          warn('verification_failed', 'authorization of {order} withheld: auth answered {failed.status} ({failed.cause})', {}, { if: { down: false } }),
          error('auth_unreachable', 'authorization of {order} impossible: auth unreachable, connect ECONNREFUSED {failed.address}', {}, { if: { down: true } }),
        ],
      },
      capture: {
        ok: [
          info('captured {amount} EUR for {order}, charge {charge}', {}, { weight: 10 }),
          debug('capture of {order} acknowledged in {took} ms, idempotency key {key}', { key: { hex: 8 } }, { weight: 3 }),
          info('captured {amount} EUR for {order} on second attempt, charge {charge}', {}, { weight: 1 }),
        ],
        trouble: [
          error('capture_timeout', 'capture of {order} timed out after {took} ms (limit {limit} ms)', { limit: { limit: 'took' } }, { ...LATE, if: { took: 100 }, weight: 4 }),
          error('capture_rejected', 'capture of {amount} EUR for {order} rejected: authorization already voided', {}, { ...ENDS, weight: 2 }),
          warn('lock_timeout', 'lock on ledger row of {order} waited {took} ms, retried', {}, { if: { took: 40 }, weight: 4 }),
          warn('duplicate_capture', 'second capture of {order} ignored: charge {charge} exists', {}, { weight: 3 }),
          error('ledger_write_failed', 'ledger entry for {order} not written: deadlock detected, transaction rolled back', {}, { ...ENDS, status: 500, weight: 2 }),
        ],
        failed: [
          info('nothing to capture for {order}: payment failed ({failed.cause})', {}, { if: { failed: 'payment', status: 4 } }),
          info('{order} checked at the provider after {failed.cause}, nothing captured', {}, { if: { failed: 'payment', status: 5 } }),
        ],
        aftermath: [
          warn('payment_abandoned', 'payment of {order} marked failed ({failed.cause}), {amount} EUR not captured'),
          warn('void_delayed', 'check of {order} at the provider queued after {failed.cause}, to be voided if authorized', {}, { if: { status: 5 } }),
        ],
      },
    },
    refund: {
      refund: {
        ok: [info('refunded {amount} EUR for {order} to card ****{card}, refund {refund}', {}, { weight: 5 }), info('refund {refund} for {order} accepted by {provider} in {took} ms', { provider: PROVIDER }, { weight: 2 })],
        trouble: [
          error('refund_timeout', 'refund of {order} timed out after {took} ms (limit {limit} ms)', { limit: { limit: 'took' } }, { ...LATE, weight: 3 }),
          warn('refund_window_closed', 'refund of {order} refused by issuer: later than {limit} days after capture', { limit: { oneOf: [14, 30] } }, { fails: true, status: 409, weight: 2 }),
          error('refund_balance', 'refund of {amount} EUR for {order} not possible: merchant balance {balance} EUR too low', { balance: { money: [0, 400] } }, { ...ENDS, status: 503 }),
          warn('refund_pending', 'refund {refund} for {order} still pending at {provider}, polling again in {wait} s', { provider: PROVIDER, wait: { oneOf: [30, 60, 120] } }, { weight: 2 }),
        ],
        failed: [info('refund of {order} not started: no permission from auth ({failed.cause})', {}, { if: { failed: 'auth' } })],
        blamed: [
          warn('permission_unknown', 'refund of {order} held back: auth did not confirm the permission ({failed.cause})', {}, { if: { down: false } }),
          error('auth_unreachable', 'refund of {order} held back: auth unreachable, connect ECONNREFUSED {failed.address}', {}, { if: { down: true } }),
        ],
      },
    },
    'order-status': {
      state: {
        ok: [debug('payment state of {order} read in {took} ms', {}, { weight: 8 }), debug('payment state of {order} from cache', {}, { weight: 4 }), debug('payment state of {order} read, {amount} EUR', {}, { weight: 1 })],
        trouble: [
          warn('replica_lag', 'payment state of {order} read from primary: ledger replica {lag} s behind', { lag: { skew: [5, 90] } }, { weight: 5 }),
          warn('slow_query', 'payment state of {order} took {took} ms (budget {limit} ms)', { limit: { limit: 'took' } }, { if: { took: 20 }, weight: 4 }),
          warn('order_locked', 'payment of {order} locked by reconciliation, not readable before its end', {}, { fails: true, status: 409 }),
          error('ledger_timeout', 'ledger read for {order} timed out after {took} ms (limit {limit} ms)', { limit: { limit: 'took' } }, { ...LATE, if: { took: 40 }, weight: 4 }),
          error('ledger_unavailable', 'ledger read for {order} failed: connection terminated unexpectedly', {}, { ...ENDS, status: 503, weight: 2 }),
        ],
      },
    },
    'provider-webhook': {
      receive: {
        ok: [info('webhook {event} received for {order}', { event: ['charge.settled', 'charge.updated', 'payout.paid'] }, { weight: 4 }), debug('webhook for {order}: signature valid, {size} bytes', { size: [420, 1900] })],
        trouble: [
          warn('webhook_signature', 'webhook for {order} refused: signature does not match, key id {key}', { key: { hex: 4 } }, { fails: true, status: 401, weight: 2 }),
          warn('webhook_late', 'webhook for {order} arrived {age} s after the event, tolerance 300 s', { age: { skew: [301, 2400] } }, { weight: 3 }),
          warn('webhook_replayed', 'webhook {id} for {order} seen before, checked again', { id: { hex: 8 } }, { weight: 3 }),
        ],
      },
      match: {
        ok: [info('charge {charge} of {order} settled, {amount} EUR', {}, { weight: 3 }), debug('webhook for {order} matched to charge {charge} in {took} ms')],
        trouble: [
          error('amount_mismatch', 'settled amount for {order} differs from ledger: {amount} EUR booked, {difference} EUR less reported', { difference: { money: [1, 390] } }, { weight: 2 }),
          error('chargeback_opened', 'chargeback opened for {order}: reason {reason}, {amount} EUR withheld', { reason: ['10.4 fraud', '13.1 not received', '13.3 not as described'] }, { weight: 2 }),
          warn('charge_unknown', 'no charge matches webhook for {order}, parked for reconciliation', {}, { fails: true, status: 404, weight: 2 }),
        ],
        failed: [debug('webhook for {order} dropped: {failed.cause}', {}, { if: { failed: 'payment' } })],
        aftermath: [warn('webhook_dropped', 'webhook for {order} dropped ({failed.cause}), provider will send it again')],
      },
    },
    'health-check': {
      payment: {
        ok: [debug('health check passed in {took} ms, provider {provider} reachable', { provider: PROVIDER })],
        trouble: [...UNHEALTHY, error('health_failed', 'health check failed: ledger database read-only', {}, { fails: true, status: 503 })],
        failed: [debug('health check passed in {took} ms')],
        blamed: [
          warn('dependency_unhealthy', 'health check degraded: auth reports {failed.cause}', {}, { if: { down: false } }),
          warn('dependency_unhealthy', 'health check degraded: auth unreachable, connect ECONNREFUSED {failed.address}', {}, { if: { down: true } }),
        ],
        aftermath: UNHEALTHY,
      },
    },
    settlement: {
      begin: {
        ok: [info('settlement run {run} started', { run: { hex: 6 } })],
        trouble: [
          warn('settlement_late', 'settlement run {run} started {late} s late', {
            run: { hex: 6 },
            late: { skew: [3, 20] },
          }),
          warn('settlement_overlap', 'settlement run {run} waited for the previous one to finish', { run: { hex: 6 } }),
        ],
      },
      finish: {
        ok: [info('settlement finished in {took} ms: {count} charges', { count: { skew: [4, 180] } }, { weight: 3 }), info('settlement file accepted by the acquirer, {count} records', { count: { skew: [4, 180] } })],
        trouble: [
          error('settlement_file_rejected', 'settlement file rejected by the acquirer: record {record}, field {field}', { record: { skew: [1, 180] }, field: ['amount', 'currency', 'merchant id'] }, { fails: true, status: 502 }),
          warn('settlement_slow', 'settlement took {took} ms, {count} charges carried over', { count: { skew: [2, 60] } }, { weight: 2 }),
        ],
      },
    },
  },
  background: {
    perPage: 10,
    ok: [
      debug('connection pool: {active}/{max} in use, 0 waiting', { max: { oneOf: [30, 50] }, active: { skew: [1, 24] } }, { weight: 6 }),
      debug('provider {provider} latency p50 {p50} ms, p99 {p99} ms', { provider: PROVIDER, p50: [80, 190], p99: { plus: ['p50', 200, 900] } }, { weight: 4 }),
      debug('idempotency cache: {entries} keys, hit ratio {hits} %', { entries: [900, 5200], hits: [1, 9] }, { weight: 2 }),
      info('exchange rates refreshed, {count} currencies', { count: { oneOf: [31, 32, 33] } }, { weight: 2 }),
      info('risk rules reloaded, {rules} rules', { rules: [118, 124] }),
      debug('card token vault: {count} tokens rotated', { count: { skew: [2, 80] } }),
    ],
    trouble: [
      warn('pool_pressure', 'connection pool nearly exhausted: {active}/{max} in use, {waiting} waiting', { max: { oneOf: [30, 50] }, active: { plus: ['max', -2, 0] }, waiting: { skew: [2, 20] } }, { weight: 4 }),
      warn('provider_slow', 'provider {provider} p99 {p99} ms above budget 1500 ms', { provider: PROVIDER, p99: { skew: [1501, 6000] } }, { weight: 4 }),
      warn('certificate_expiring', 'client certificate for adyen-sim expires in {days} days', { days: 8 }),
      warn(
        'rate_limit_near',
        'provider {provider} quota {share} % used ({used}/{quota} requests per minute)',
        {
          provider: PROVIDER,
          quota: { oneOf: [1000, 2000] },
          used: { plus: ['quota', -90, -10] },
          share: { percent: ['used', 'quota'] },
        },
        { weight: 2 },
      ),
      error('circuit_open', 'circuit breaker for {provider} opened after {count} failures in 30 s', { provider: PROVIDER, count: [10, 42] }, { weight: 2 }),
      error('payout_failed', 'payout batch {batch} failed: bank answered R03 no account', { batch: { hex: 6 } }),
      error('ledger_drift', 'ledger and provider balance differ by {drift} EUR, {count} entries unmatched', {
        drift: { money: [100, 48000] },
        count: { skew: [2, 30] },
      }),
      warn('exchange_rates_stale', 'exchange rates are {age} min old, refresh failed with 429', {
        age: { skew: [31, 240] },
      }),
    ],
  },
} as const satisfies ServiceDefinition;
