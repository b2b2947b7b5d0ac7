/** Payments: authorization, capture and ledger posting at checkout, refunds, webhooks of the providers, settlement. */

import { defineService, unreachable } from './definition/index.ts';
import {
  callFaults,
  conflict,
  debug,
  error,
  hindrances,
  info,
  obstacles,
  P99,
  P99_IS_HIGH,
  POOL,
  POOL_IS_FULL,
  PROFILE_IS_STRICT,
  REPORTED_FAULTS,
  slow,
  state,
  timeout,
  underReview,
  warn,
} from './payment-faults.ts';
import { background } from './payment-reports.ts';

const POSTED = 'Ledger: posted {amount} EUR for {order} to {shard} (charge {charge}, entry {entry:hex8})';

const PROBE_CONFLICT = warn(
  'ledger_conflict',
  'Health DEGRADED: write probe on {shard} met a serialization conflict (SQLSTATE 40001)',
  { weight: 10 },
);

export const payment = defineService({
  name: 'payment',
  logName: 'PaymentService',
  dependsOn: ['auth'],
  ...state,
  steps: {
    'checkout.authorize': {
      good: [
        info('Authorized {amount} EUR for {order} (card ****{card}, provider {provider}, {took} ms)', { weight: 24 }),
        {
          ...info('Authorization of {order} declined by the issuer (card ****{card}, code {code})', {
            fails: 402,
            values: { code: '05 do not honor|57 not permitted|61 amount limit|65 activity limit' },
          }),
          cause: 'card_declined',
        },
      ],
      bad: [
        ...hindrances('authorization of {order}'),
        ...obstacles('authorization of {order}'),
        ...callFaults('Authorization of {order}'),
        warn('card_expired', 'Authorization of {order} declined (card ****{card}, code 54 expired)', { fails: 402 }),
        warn('insufficient_funds', 'Authorization of {order} declined (card ****{card}, code 51 insufficient funds)', {
          fails: 402,
        }),
        warn(
          'fraud_suspected',
          'RiskRules: authorization of {order} stopped (score {score:76..97}, threshold {risk_threshold})',
          { fails: 402 },
        ),
        warn(
          'fraud_rules_strict',
          'RiskRules: authorization of {order} stopped (score {score:46..74}, strict threshold {strict_threshold})',
          { fails: 402, when: PROFILE_IS_STRICT },
        ),
      ],
      afterFailure: {
        good: [
          info('Authorization of {order} not attempted: customer not verified by auth', {
            when: { failedIn: 'auth' },
          }),
        ],
        dependency: [
          warn('verification_failed', 'Authorization of {order} withheld: auth answered {failed.status}', {
            when: { down: false },
          }),
          unreachable('auth', 'Authorization of {order} withheld'),
        ],
      },
    },
    'checkout.capture': {
      good: [info('Captured {amount} EUR for {order} (charge {charge}, provider {provider}, {took} ms)')],
      bad: [
        ...hindrances('capture of {order}'),
        ...obstacles('capture of {order}'),
        ...callFaults('Capture of {order}'),
        underReview('capture of {order}'),
      ],
      afterFailure: {
        good: [
          info('Capture of {order} skipped: not authorized ({failed.cause})', {
            when: { failedIn: 'payment', status: 4 },
          }),
          info('Capture of {order} skipped, payment cancelled', {
            when: { failedIn: 'payment', status: 5 },
          }),
        ],
        bad: [
          { ...conflict('closing of {order}'), when: { status: 4 } },
          { ...underReview('closing of {order}'), when: { ...PROFILE_IS_STRICT, status: 4 } },
          warn('void_delayed', 'Payment of {order} not completed, cancellation moved to the void queue', {
            when: { status: 5 },
          }),
          warn('ledger_readonly', 'Ledger: cancellation of {order} kept in the outbox, {shard} is read-only', {
            when: { status: 5 },
          }),
        ],
      },
    },
    'checkout.post': {
      good: [info(POSTED)],
      // None of these ends the journey: the customer has paid, and is told so by the mail that follows.
      bad: [
        ...hindrances('posting of {order}'),
        slow('ledger_slow', 'Ledger: posting of {order} to {shard}'),
        error('ledger_readonly', 'Ledger: posting of {order} kept in the outbox, {shard} is read-only'),
        underReview('posting of {order}'),
      ],
      afterFailure: {
        good: [
          debug('Ledger: nothing to post for {order}', {
            when: { failedIn: 'payment', failedAt: 'authorize' },
          }),
          info('Reconciliation: {order} reversed, no money taken', {
            when: { failedIn: 'payment', failedAt: 'capture' },
          }),
          info('Reversed {charge} of {order}: {amount} EUR returned, order not committed by {failed}', {
            when: { failedAt: 'settle' },
          }),
          info(POSTED, { when: { failedAt: 'respond' } }),
          info(POSTED, { when: { failedAt: 'queue' } }),
        ],
        bad: [
          { ...conflict('closing of {order}'), when: { failedAt: 'authorize' } },
          { ...underReview('closing of {order}'), when: { ...PROFILE_IS_STRICT, failedAt: 'authorize', status: 4 } },
          warn('void_delayed', 'Payment of {order} not completed, reversal moved to the void queue', {
            when: { failedAt: 'capture' },
          }),
          warn('ledger_readonly', 'Ledger: reversal of {order} kept in the outbox, {shard} is read-only', {
            when: { failedAt: 'capture' },
          }),
          warn('void_delayed', 'Void of {charge} moved to the void queue: {order} not committed by {failed}', {
            when: { failedAt: 'settle' },
          }),
          { ...conflict('posting of {order}'), when: { failedAt: 'respond' } },
          { ...conflict('posting of {order}'), when: { failedAt: 'queue' } },
        ],
      },
    },
    'refund.refund': {
      good: [
        info('Refunded {amount} EUR for {order} (refund {refund}, provider {provider}, {took} ms)', { weight: 24 }),
        {
          ...info('Refund of {order} declined by the issuer (card ****{card}, code 05 do not honor)', { fails: 409 }),
          cause: 'refund_declined',
        },
      ],
      bad: [
        ...hindrances('refund of {order}'),
        ...obstacles('refund of {order}'),
        ...callFaults('Refund of {order}'),
        underReview('refund of {order}'),
      ],
      afterFailure: {
        good: [
          info('Refund of {order} not started: no permission from auth', {
            when: { failedIn: 'auth' },
          }),
        ],
        dependency: [
          warn('permission_unknown', 'Refund of {order} held back: auth answered {failed.status}', {
            when: { down: false },
          }),
          unreachable('auth', 'Refund of {order} held back'),
        ],
      },
    },
    'order-status.state': {
      good: [
        debug('Payment state of {order} read from {shard} ({took} ms)', { weight: 2 }),
        debug('Payment state of {order} served from cache'),
      ],
      bad: [
        ...hindrances('state of {order}'),
        timeout('ledger_timeout', 'Ledger: read of {order} from {shard}'),
        error('pool_exhausted', `ConnectionPool: no connection for state of {order} (${POOL})`, {
          fails: 503,
          when: POOL_IS_FULL,
        }),
        warn('fraud_rules_strict', 'RiskRules: state of {order} put under review, strict profile on', {
          when: PROFILE_IS_STRICT,
        }),
        warn('webhook_signature_mismatch', 'Webhooks: state of {order} polled, {provider} signs with an unknown key'),
      ],
    },
    'provider-webhook.receive': {
      good: [info('Webhook charge.settled received for {order} (provider {provider}, {size:420..1900} bytes)')],
      bad: [
        warn(
          'webhook_late',
          'Webhook for {order} from {provider} came {age:301~2400} s after its event (tolerance {webhook_tolerance} s)',
          { weight: 10 },
        ),
        ...hindrances('webhook for {order}').slice(1),
        ...obstacles('webhook for {order}'),
        warn('provider_slow', `Webhook for {order} verified late by {provider} (${P99})`, { when: P99_IS_HIGH }),
        warn('webhook_signature_mismatch', 'Webhook for {order} rejected: {provider} signs with an unknown key', {
          fails: 401,
        }),
      ],
    },
    'provider-webhook.match': {
      good: [info('Settled {amount} EUR for {order} (charge {charge}, provider {provider})')],
      bad: [
        ...hindrances('settlement of {order}'),
        ...obstacles('settlement of {order}'),
        timeout('ledger_timeout', 'Ledger: read of {order} from {shard}'),
        error(
          'amount_mismatch',
          'Ledger: {provider} settled {difference:0.01~0.90} EUR less than the {amount} EUR of {order}',
        ),
        warn('provider_slow', `Lookup of {charge} answered late by {provider} (${P99})`, { when: P99_IS_HIGH }),
      ],
      afterFailure: {
        good: [debug('Webhook for {order} dropped', { when: { failedIn: 'payment' } })],
        bad: [warn('webhook_dropped', 'Webhook for {order} dropped, not acknowledged to {provider}')],
      },
    },
    'health-check.payment': {
      good: [debug('Liveness probe answered in {took} ms (pod {pod})')],
      bad: [
        PROBE_CONFLICT,
        ...REPORTED_FAULTS.map((fault) => ({ ...fault, text: `Health DEGRADED: ${fault.text}` })),
        error('ledger_readonly', 'Health DOWN: write probe on {shard} refused, read-only', { fails: 503 }),
      ],
      afterFailure: {
        good: [debug('Liveness probe answered in {took} ms (pod {pod})')],
        bad: [PROBE_CONFLICT],
        dependency: [
          warn('dependency_unhealthy', 'Health DEGRADED: auth answered {failed.status}', {
            when: { down: false },
          }),
          warn('dependency_unhealthy', 'Health DEGRADED: auth unreachable, connect ECONNREFUSED {failed.address}', {
            when: { down: true },
          }),
        ],
      },
    },
    'settlement.begin': {
      good: [info('Settlement: run started on {pod}')],
      bad: [conflict('start of the settlement run'), ...REPORTED_FAULTS],
    },
    'settlement.finish': {
      good: [info('Settlement: batch of the last hour accepted by the acquirer ({took} ms)')],
      bad: [
        conflict('settlement run'),
        ...REPORTED_FAULTS,
        error(
          'settlement_rejected',
          'Settlement: batch rejected by the acquirer (record {record:1~180}, field {field:amount|currency|merchant})',
          { fails: 502 },
        ),
      ],
    },
  },
  background,
});
