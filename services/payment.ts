/** Payments: authorization and capture at checkout, refunds, the provider's webhooks, daily settlement. */

import {
  debug,
  defineService,
  error,
  info,
  poolExhausted,
  slow,
  timeout,
  unhealthy,
  unreachable,
  warn,
} from './definition/index.ts';

const PROVIDER = '{provider:adyen-sim|stripe-sim|worldpay-sim}';
const USED_OF_QUOTA = '{used:quota-90..-10}/{quota:1000|2000}';
const ISSUER_CODE = '{code:05 do not honor|51 insufficient funds|57 not permitted|65 limit exceeded}';

const UNHEALTHY = [
  warn('health_slow', `health check degraded: provider ${PROVIDER} answered in {ping:900~2600} ms`, { weight: 2 }),
  warn('replica_lag', 'health check degraded: ledger replica {lag:5~90} s behind'),
] as const;

export const payment = defineService({
  name: 'payment',
  logName: 'PaymentService',
  dependsOn: ['auth'],
  steps: {
    'checkout.authorize': {
      good: [
        info('authorized {amount} EUR for {order} on card ****{card} in {took} ms', { weight: 12 }),
        info('authorized {amount} EUR for {order}, 3-D Secure frictionless, risk score {risk:1..30}', { weight: 5 }),
        info('authorized {amount} EUR for {order} after challenge on card ****{card}', { weight: 2 }),
        debug(`provider ${PROVIDER} answered for {order} in {took} ms, auth code {code:hex6}`, { weight: 3 }),
      ],
      bad: [
        warn('card_declined', `card ****{card} declined for {order}: issuer code ${ISSUER_CODE}`, {
          fails: 402,
          weight: 10,
        }),
        warn('card_expired', 'card ****{card} declined for {order}: issuer code 54 expired card', {
          fails: 402,
          weight: 3,
        }),
        warn(
          'fraud_suspected',
          'authorization of {amount} EUR for {order} stopped by risk rules: score {risk:limit+1..19} above {limit}',
          { fails: 402, values: { limit: '70|75|80' }, weight: 3 },
        ),
        warn('slow_provider', 'authorization of {order} took {took} ms, budget {limit} ms', {
          when: { minMs: 120 },
          weight: 6,
        }),
        timeout('provider_timeout', 'authorization of {order}', { minMs: 250, weight: 6 }, `, provider ${PROVIDER}`),
        error('provider_unavailable', `provider ${PROVIDER} answered 503 for {order}, circuit breaker half-open`, {
          fails: 502,
          weight: 3,
        }),
        poolExhausted('connection for {order}', { max: '20|30|50', waiting: '3~60', weight: 2 }),
      ],
      afterFailure: {
        good: [
          info('authorization of {order} not attempted: customer not verified ({failed.cause})', {
            when: { failedIn: 'auth' },
          }),
        ],
        dependency: [
          warn(
            'verification_failed',
            'authorization of {order} withheld: auth answered {failed.status} ({failed.cause})',
            { when: { down: false } },
          ),
          unreachable('auth', 'authorization of {order} impossible'),
        ],
      },
    },
    'checkout.capture': {
      good: [
        info('captured {amount} EUR for {order}, charge {charge}', { weight: 10 }),
        debug('capture of {order} acknowledged in {took} ms, idempotency key {key:hex8}', { weight: 3 }),
        info('captured {amount} EUR for {order} on second attempt, charge {charge}'),
      ],
      bad: [
        timeout('capture_timeout', 'capture of {order}', { minMs: 100, weight: 4 }),
        error('capture_rejected', 'capture of {amount} EUR for {order} rejected: authorization already voided', {
          fails: 502,
          weight: 2,
        }),
        warn('lock_timeout', 'lock on ledger row of {order} waited {took} ms, retried', {
          when: { minMs: 40 },
          weight: 4,
        }),
        warn('duplicate_capture', 'second capture of {order} ignored: charge {charge} exists', { weight: 3 }),
        error(
          'ledger_write_failed',
          'ledger entry for {order} not written: deadlock detected, transaction rolled back',
          { fails: 500, weight: 2 },
        ),
      ],
      afterFailure: {
        good: [
          info('nothing to capture for {order}: payment failed ({failed.cause})', {
            when: { failedIn: 'payment', status: 4 },
          }),
          info('{order} checked at the provider after {failed.cause}, nothing captured', {
            when: { failedIn: 'payment', status: 5 },
          }),
        ],
        bad: [
          warn('payment_abandoned', 'payment of {order} marked failed ({failed.cause}), {amount} EUR not captured'),
          warn(
            'void_delayed',
            'check of {order} at the provider queued after {failed.cause}, to be voided if authorized',
            { when: { status: 5 } },
          ),
        ],
      },
    },
    'refund.refund': {
      good: [
        info('refunded {amount} EUR for {order} to card ****{card}, refund {refund}', { weight: 5 }),
        info(`refund {refund} for {order} accepted by ${PROVIDER} in {took} ms`, { weight: 2 }),
      ],
      bad: [
        timeout('refund_timeout', 'refund of {order}', { minMs: 250, weight: 3 }),
        warn(
          'refund_window_closed',
          'refund of {order} refused by issuer: later than {limit:14|30} days after capture',
          { fails: 409, weight: 2 },
        ),
        error(
          'refund_balance',
          'refund of {amount} EUR for {order} not possible: merchant balance {balance:0.00~4.00} EUR too low',
          { fails: 503 },
        ),
        warn(
          'refund_pending',
          `refund {refund} for {order} still pending at ${PROVIDER}, polling again in {wait:30|60|120} s`,
          { weight: 2 },
        ),
      ],
      afterFailure: {
        good: [
          info('refund of {order} not started: no permission from auth ({failed.cause})', {
            when: { failedIn: 'auth' },
          }),
        ],
        dependency: [
          warn(
            'permission_unknown',
            'refund of {order} held back: auth did not confirm the permission ({failed.cause})',
            { when: { down: false } },
          ),
          unreachable('auth', 'refund of {order} held back'),
        ],
      },
    },
    'order-status.state': {
      good: [
        debug('payment state of {order} read in {took} ms', { weight: 8 }),
        debug('payment state of {order} from cache', { weight: 4 }),
        debug('payment state of {order} read, {amount} EUR'),
      ],
      bad: [
        warn('replica_lag', 'payment state of {order} read from primary: ledger replica {lag:5~90} s behind', {
          weight: 5,
        }),
        slow('slow_query', 'payment state of {order}', { minMs: 20, weight: 4 }),
        warn('order_locked', 'payment of {order} locked by reconciliation, not readable before its end', {
          fails: 409,
        }),
        timeout('ledger_timeout', 'ledger read for {order}', { minMs: 40, weight: 4 }),
        error('ledger_unavailable', 'ledger read for {order} failed: connection terminated unexpectedly', {
          fails: 503,
          weight: 2,
        }),
      ],
    },
    'provider-webhook.receive': {
      good: [
        info('webhook {event:charge.settled|charge.updated|payout.paid} received for {order}', { weight: 4 }),
        debug('webhook for {order}: signature valid, {size:420..1900} bytes'),
      ],
      bad: [
        warn('webhook_signature', 'webhook for {order} refused: signature does not match, key id {key:hex4}', {
          fails: 401,
          weight: 2,
        }),
        warn('webhook_late', 'webhook for {order} arrived {age:301~2400} s after the event, tolerance 300 s', {
          weight: 3,
        }),
        warn('webhook_replayed', 'webhook {id:hex8} for {order} seen before, checked again', { weight: 3 }),
      ],
    },
    'provider-webhook.match': {
      good: [
        info('charge {charge} of {order} settled, {amount} EUR', { weight: 3 }),
        debug('webhook for {order} matched to charge {charge} in {took} ms'),
      ],
      bad: [
        error(
          'amount_mismatch',
          'settled amount for {order} differs from ledger: {amount} EUR booked, {difference} EUR less reported',
          { values: { difference: '0.01~3.90' }, weight: 2 },
        ),
        error('chargeback_opened', 'chargeback opened for {order}: reason {reason}, {amount} EUR withheld', {
          values: { reason: '10.4 fraud|13.1 not received|13.3 not as described' },
          weight: 2,
        }),
        warn('charge_unknown', 'no charge matches webhook for {order}, parked for reconciliation', {
          fails: 404,
          weight: 2,
        }),
      ],
      afterFailure: {
        good: [debug('webhook for {order} dropped: {failed.cause}', { when: { failedIn: 'payment' } })],
        bad: [warn('webhook_dropped', 'webhook for {order} dropped ({failed.cause}), provider will send it again')],
      },
    },
    'health-check.payment': {
      good: [debug(`health check passed in {took} ms, provider ${PROVIDER} reachable`)],
      bad: [...UNHEALTHY, error('health_failed', 'health check failed: ledger database read-only', { fails: 503 })],
      afterFailure: {
        good: [debug('health check passed in {took} ms')],
        bad: UNHEALTHY,
        dependency: unhealthy('auth'),
      },
    },
    'settlement.begin': {
      good: [info('settlement run {run:hex6} started')],
      bad: [
        warn('settlement_late', 'settlement run {run:hex6} started {late:3~20} s late'),
        warn('settlement_overlap', 'settlement run {run:hex6} waited for the previous one to finish'),
      ],
    },
    'settlement.finish': {
      good: [
        info('settlement finished in {took} ms: {count:4~180} charges', { weight: 3 }),
        info('settlement file accepted by the acquirer, {count:4~180} records'),
      ],
      bad: [
        error(
          'settlement_file_rejected',
          'settlement file rejected by the acquirer: record {record:1~180}, field {field:amount|currency|merchant id}',
          { fails: 502 },
        ),
        warn('settlement_slow', 'settlement took {took} ms, {count:2~60} charges carried over', { weight: 2 }),
      ],
    },
  },
  background: {
    perPage: 10,
    good: [
      debug('connection pool: {active:1~24}/{max} in use, 0 waiting', { values: { max: '30|50' }, weight: 6 }),
      debug(`provider ${PROVIDER} latency p50 {p50:80..190} ms, p99 {p99:p50+200..900} ms`, { weight: 4 }),
      debug('idempotency cache: {entries:900..5200} keys, hit ratio {hits:1..9} %', { weight: 2 }),
      info('exchange rates refreshed, {count:31|32|33} currencies', { weight: 2 }),
      info('risk rules reloaded, {rules:118..124} rules'),
      debug('card token vault: {count:2~80} tokens rotated'),
    ],
    bad: [
      warn(
        'pool_pressure',
        'connection pool nearly exhausted: {active:max-2..0}/{max:30|50} in use, {waiting:2~20} waiting',
        { weight: 4 },
      ),
      warn('provider_slow', `provider ${PROVIDER} p99 {p99:1501~6000} ms above budget 1500 ms`, { weight: 4 }),
      warn('certificate_expiring', 'client certificate for adyen-sim expires in {days:8} days'),
      warn(
        'rate_limit_near',
        `provider ${PROVIDER} quota {share:percent(used,quota)} % used (${USED_OF_QUOTA} requests per minute)`,
        { weight: 2 },
      ),
      error('circuit_open', `circuit breaker for ${PROVIDER} opened after {count:10..42} failures in 30 s`, {
        weight: 2,
      }),
      error('payout_failed', 'payout batch {batch:hex6} failed: bank answered R03 no account'),
      error(
        'ledger_drift',
        'ledger and provider balance differ by {drift:1.00~480.00} EUR, {count:2~30} entries unmatched',
      ),
      warn('exchange_rates_stale', 'exchange rates are {age:31~240} min old, refresh failed with 429'),
    ],
  },
});
