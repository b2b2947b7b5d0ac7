/** Tells people and partners: mail for orders, refunds and resets, marketing campaigns, outgoing webhooks. */

import { debug, error, info, type ServiceDefinition, type Variant, warn } from './definition/variants.ts';

const UNAVAILABLE = { fails: true, status: 503 } as const;
const LATE = { fails: true, status: 504 } as const;
const BOUNCED = { fails: true, status: 422 } as const;
const LIMIT = { limit: { limit: 'took' } } as const;
const RELAY = { relay: ['mx1.example.net', 'mx2.example.net', 'relay.example.org'] } as const;
const HOOK = { hook: ['hooks.example.com', 'orders.partner.example.org', 'erp.merchant.example.net'] } as const;
const QUEUE_ID = { id: { hex: 8 } } as const;

/** What an SMTP server may answer to a mail, whatever is in it. */
const mailTrouble = (mail: string): Variant[] => [
  warn('smtp_deferred', `${mail} to {email} deferred: {relay} answered 421 4.3.2 service shutting down`, RELAY, { ...UNAVAILABLE, weight: 5 }),
  warn('greylisted', `${mail} to {email} greylisted: {relay} answered 450 4.2.0, next try in {wait} min`, { ...RELAY, wait: { oneOf: [5, 10, 15] } }, { ...UNAVAILABLE, weight: 4 }),
  error('mailbox_full', `${mail} to {email} bounced: 552 5.2.2 mailbox full`, {}, { ...BOUNCED, weight: 3 }),
  error('smtp_timeout', `${mail} to {email} timed out after {took} ms (limit {limit} ms) at {relay}`, { ...LIMIT, ...RELAY }, { ...LATE, if: { took: 300 }, weight: 4 }),
];

const UNHEALTHY = [
  warn('queue_depth', 'health check degraded: {count} campaign mails waiting, oldest {age} s', { count: { skew: [900, 9000] }, age: { skew: [120, 1800] } }, { weight: 3 }),
  warn('relay_slow', 'health check degraded: {relay} greets after {greeting} ms', { ...RELAY, greeting: { skew: [1500, 9000] } }, { weight: 2 }),
] as const;

export const notification = {
  name: 'notification',
  logName: 'NotificationService',
  dependsOn: ['auth'],
  steps: {
    checkout: {
      queue: {
        ok: [info('confirmation of {order} queued for {email}', {}, { weight: 6 }), debug('confirmation of {order} rendered in {took} ms, template {template}', { template: ['order-en', 'order-de', 'order-nl'] }, { weight: 3 })],
        trouble: [
          warn('queue_depth', 'confirmation of {order} queued behind {count} mails', { count: { skew: [150, 900] } }, { weight: 5 }),
          warn('template_fallback', 'confirmation of {order} queued in English: template {template} does not compile', { template: ['order-lt', 'order-pl', 'order-pt'] }, { weight: 3 }),
          warn('recipient_suppressed', 'confirmation of {order} not queued: {email} held back after a bounce', {}, { ...BOUNCED, weight: 3 }),
          error('broker_unavailable', 'confirmation of {order} not queued: broker {broker} refused the connection', { broker: ['mq-1', 'mq-2'] }, { ...UNAVAILABLE, weight: 3 }),
          error('render_failed', 'confirmation of {order} not rendered: variable {variable} missing', { variable: ['delivery_window', 'tax_lines', 'store_name'] }, { fails: true, status: 500, weight: 2 }),
        ],
        failed: [
          info('no confirmation of {order}: payment failed ({failed.cause})', {}, { if: { failed: 'payment' } }),
          info('no confirmation of {order}: stock not confirmed ({failed.cause})', {}, { if: { failed: 'inventory' } }),
          info('no confirmation of {order}: {user} not verified ({failed.cause})', {}, { if: { failed: 'auth' } }),
        ],
        blamed: [
          warn('recipient_unverified', 'no confirmation of {order}: auth did not verify {user} ({failed.cause})', {}, { if: { down: false } }),
          error('auth_unreachable', 'no address for mail about {order}: auth unreachable, connect ECONNREFUSED {failed.address}', {}, { if: { down: true } }),
        ],
        aftermath: [
          warn('confirmation_withheld', 'confirmation of {order} withdrawn: order not placed ({failed.cause})', {}, { weight: 3 }),
          warn('event_repeated', 'event order.failed for {order} came {count} times, {failed.cause}', { count: [2, 6] }),
        ],
      },
      deliver: {
        ok: [
          info('confirmation of {order} accepted for {email} by {relay} in {took} ms', RELAY, { weight: 6 }),
          debug('confirmation of {order}: {relay} answered 250 2.0.0 queued as {id}', { ...RELAY, ...QUEUE_ID }, { weight: 3 }),
          info('confirmation of {order} pushed to {agent}', {}, { weight: 1 }),
        ],
        trouble: [...mailTrouble('confirmation of {order}'), error('tls_failed', 'confirmation of {order} not sent: TLS handshake with {relay} failed, connection reset', RELAY, UNAVAILABLE)],
        failed: [
          info('payment problem mail for {order} accepted for {email} by {relay}', RELAY, { if: { failed: 'payment', status: 4 } }),
          info('mail on delayed payment of {order} accepted for {email} by {relay}', RELAY, { if: { failed: 'payment', status: 5 } }),
        ],
        aftermath: [warn('smtp_deferred', 'payment mail for {order} deferred: {relay} answered 421 4.7.0 try again later', RELAY, { weight: 3 }), error('mailbox_full', 'payment mail for {order} to {email} bounced: 552 5.2.2 mailbox full')],
      },
    },
    refund: {
      deliver: {
        ok: [info('mail on {refund} accepted for {email} by {relay} in {took} ms', RELAY, { weight: 3 }), debug('mail on {refund}: {relay} answered 250 2.0.0 queued as {id}', { ...RELAY, ...QUEUE_ID })],
        trouble: mailTrouble('mail on {refund}'),
        failed: [
          info('mail on delayed refund of {order} accepted for {email} by {relay}', RELAY, { if: { failed: 'payment', status: 5 } }),
          info('mail on refused refund of {order} accepted for {email} by {relay}', RELAY, { if: { failed: 'payment', status: 4 } }),
          info('mail on {refund} accepted for {email} by {relay}', RELAY, { if: { failed: 'inventory' } }),
          info('no mail on refund of {order}: not permitted ({failed.cause})', {}, { if: { failed: 'auth' } }),
        ],
        blamed: [
          warn('refund_unconfirmed', 'mail on refund of {order} withheld: auth answered {failed.cause}', {}, { if: { down: false } }),
          error('auth_unreachable', 'mail on refund of {order} withheld: auth unreachable, connect ECONNREFUSED {failed.address}', {}, { if: { down: true } }),
        ],
        aftermath: [warn('smtp_deferred', 'mail on refund of {order} deferred: {relay} answered 421 4.7.0 try again later', RELAY)],
      },
    },
    'password-reset': {
      deliver: {
        ok: [info('reset mail accepted for {email} by {relay} in {took} ms', RELAY, { weight: 3 }), debug('reset mail: {relay} answered 250 2.0.0 queued as {id}', { ...RELAY, ...QUEUE_ID })],
        trouble: mailTrouble('reset mail'),
        failed: [info('no reset mail to {email}: no token issued ({failed.cause})', {}, { if: { failed: 'auth' } })],
        blamed: [
          warn('reset_without_token', 'reset mail to {email} dropped: auth issued no token ({failed.cause})', {}, { if: { down: false } }),
          error('auth_unreachable', 'reset mail to {email} dropped: auth unreachable, connect ECONNREFUSED {failed.address}', {}, { if: { down: true } }),
        ],
      },
    },
    restock: {
      announce: {
        ok: [info('{sku} back in stock: {count} watchers told', { count: { skew: [2, 160] } }, { weight: 2 }), debug('no watchers of {sku}, nothing to send')],
        trouble: [
          warn('push_token_expired', '{count} of {watchers} watchers of {sku} not reached: push tokens expired', { watchers: { skew: [12, 160] }, count: { plus: ['watchers', -9, -1] } }, { weight: 3 }),
          warn('quiet_hours', 'news of {sku} held back: {count} watchers in quiet hours', { count: { skew: [2, 90] } }, { weight: 2 }),
          error('push_gateway_timeout', 'news of {sku} timed out after {took} ms (limit {limit} ms) at push.example.com', LIMIT, { ...LATE, if: { took: 75 }, weight: 2 }),
        ],
      },
    },
    'provider-webhook': {
      push: {
        ok: [info('webhook for {order} delivered to {hook} in {took} ms', HOOK, { weight: 4 }), debug('webhook for {order}: {hook} answered 204', HOOK, { weight: 2 })],
        trouble: [
          warn('webhook_gone', 'webhook for {order}: {hook} answered 410 Gone, event parked', HOOK, { weight: 4 }),
          warn('webhook_throttled', 'webhook for {order}: {hook} answered 429, next try in {wait} s', { ...HOOK, wait: { oneOf: [30, 60, 120] } }, { weight: 3 }),
          error('webhook_timeout', 'webhook for {order} to {hook} timed out after {took} ms (limit {limit} ms)', { ...LIMIT, ...HOOK }, { ...LATE, if: { took: 75 }, weight: 4 }),
          error('webhook_dead_letter', 'webhook for {order} moved to dead letters: {hook} answered 500', HOOK, { fails: true, status: 502, weight: 2 }),
          error('webhook_tls', 'webhook for {order} not sent: certificate of {hook} does not match its name', HOOK, { fails: true, status: 502 }),
        ],
      },
    },
    'health-check': {
      notification: {
        ok: [debug('health check passed in {took} ms', {}, { weight: 3 }), debug('health check passed, mails waiting: {count}', { count: { skew: [0, 60] } })],
        trouble: [...UNHEALTHY, error('relays_unreachable', 'health check failed: none of 3 relays accepts connections', {}, UNAVAILABLE)],
        failed: [debug('health check passed in {took} ms')],
        blamed: [
          warn('dependency_unhealthy', 'health check degraded: auth reports {failed.cause}', {}, { if: { down: false } }),
          warn('dependency_unhealthy', 'health check degraded: auth unreachable, connect ECONNREFUSED {failed.address}', {}, { if: { down: true } }),
        ],
        aftermath: UNHEALTHY,
      },
    },
    campaign: {
      queue: {
        ok: [
          debug('message for {user} queued, campaign {campaign}', { campaign: ['autumn-sale', 'new-arrivals', 'win-back'] }, { weight: 6 }),
          debug('{user} in segment {segment}, message rendered in {took} ms', { segment: ['frequent', 'lapsed', 'newcomers'] }, { weight: 2 }),
        ],
        trouble: [
          warn('unsubscribed', 'message for {user} dropped: unsubscribed {hours} h ago, segment is older', { hours: { skew: [1, 70] } }, { fails: true, status: 409, weight: 4 }),
          warn('frequency_cap', 'message for {user} dropped: {count} in the last 7 days, cap {cap}', { cap: { oneOf: [3, 4] }, count: { plus: ['cap', 0, 0] } }, { fails: true, status: 429, weight: 3 }),
          warn('queue_depth', 'message for {user} queued behind {count} others', { count: { skew: [2000, 60000] } }, { weight: 3 }),
          error('broker_unavailable', 'message for {user} not queued: no leader for partition {partition}', { partition: [0, 11] }, { ...UNAVAILABLE, weight: 2 }),
        ],
      },
      deliver: {
        ok: [
          info('campaign mail accepted for {email} by {relay} in {took} ms', RELAY, { weight: 6 }),
          info('push message delivered to {user} ({agent})', {}, { weight: 3 }),
          info('SMS to {user} accepted by {gateway}', { gateway: ['sms-a.example.net', 'sms-b.example.net'] }, { weight: 2 }),
        ],
        trouble: [
          ...mailTrouble('campaign mail'),
          warn('push_token_expired', 'push message to {user} dropped: token expired', {}, { fails: true, status: 410, weight: 2 }),
          warn('spam_score', 'campaign mail to {email} delivered with spam score {score} of 10', { score: [5, 8] }, { weight: 2 }),
          error(
            'sms_rejected',
            'SMS to {user} rejected: {gateway} answered code {code}',
            { gateway: ['sms-a.example.net', 'sms-b.example.net'], code: ['30003 unreachable handset', '30007 filtered'] },
            { fails: true, status: 502, weight: 2 },
          ),
        ],
      },
    },
  },
  background: {
    perPage: 12,
    ok: [
      debug('order outbox: {count} waiting, oldest {age} s', { count: { skew: [1, 140] }, age: { skew: [1, 50] } }, { weight: 6 }),
      debug('senders: {busy}/16 busy', { busy: { skew: [0, 12] } }, { weight: 4 }),
      debug('{relay}: {open} connections open, {sent} mails sent in the last minute', { ...RELAY, open: [2, 8], sent: { skew: [4, 240] } }, { weight: 3 }),
      debug('template cache: {entries} compiled, hit ratio {hits} %', { entries: { oneOf: [64, 66] }, hits: [93, 99] }, { weight: 2 }),
      info('retry queue drained: {count} mails sent', { count: { skew: [2, 90] } }, { weight: 2 }),
      info('feedback loop: {count} complaints, addresses suppressed', { count: [2, 6] }),
      info('DKIM key {selector} checked in DNS', { selector: ['s2026a', 's2026b'] }),
    ],
    trouble: [
      warn('queue_depth', 'campaign outbox has {count} mails waiting, oldest {age} s', { count: { skew: [900, 20000] }, age: { skew: [120, 2400] } }, { weight: 5 }),
      warn('relay_throttled', '{relay} answered 421 4.7.0 too many connections, {open} open, slowing down', { ...RELAY, open: { oneOf: [10, 20] } }, { weight: 4 }),
      warn('bounce_rate', 'bounce rate {rate} % over the last hour, limit 5 %', { rate: [6, 14] }, { weight: 3 }),
      warn('sender_reputation', 'sending address 203.0.113.25 listed by {list}', { list: ['bl.example.org', 'dnsbl.example.net'] }),
      warn('certificate_expiring', 'push certificate expires in {days} days', { days: 6 }),
      warn('sms_budget', 'SMS budget of the month {share} % used', { share: 93 }),
      error('dead_letters', 'dead letter queue grew to {count} messages', { count: { skew: [60, 4000] } }, { weight: 3 }),
      error('consumer_stuck', 'consumer {consumer} made no progress for {age} s, restarted', { consumer: ['mail-1', 'mail-2', 'push-1'], age: { skew: [61, 600] } }, { weight: 2 }),
      error('dkim_failed', '{count} mails refused: DKIM signature {selector} does not verify', { count: { skew: [2, 300] }, selector: ['s2026a', 's2026b'] }),
    ],
  },
} as const satisfies ServiceDefinition;
