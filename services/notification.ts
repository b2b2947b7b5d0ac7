/** Notifies people and partners: mail for orders, refunds and resets, marketing campaigns, outgoing webhooks. */

import {
  debug,
  defineService,
  error,
  info,
  timeout,
  unhealthy,
  unreachable,
  type Variant,
  warn,
} from './definition/index.ts';

const RELAY = '{relay:mx1.example.net|mx2.example.net|relay.example.org}';
const GATEWAY = '{gateway:sms-a.example.net|sms-b.example.net}';
const HOOK = '{hook:hooks.example.com|orders.partner.example.org|erp.merchant.example.net}';

/** Faults of sending any mail. */
const mailFaults = (mail: string): Variant[] => [
  warn('smtp_deferred', `${mail} to {email} deferred: ${RELAY} answered 421 4.3.2 service shutting down`, {
    fails: 503,
    weight: 5,
  }),
  warn('greylisted', `${mail} to {email} greylisted: ${RELAY} answered 450 4.2.0, next try in {wait:5|10|15} min`, {
    fails: 503,
    weight: 4,
  }),
  error('mailbox_full', `${mail} to {email} bounced: 552 5.2.2 mailbox full`, { fails: 422, weight: 3 }),
  timeout('smtp_timeout', `${mail} to {email}`, { minMs: 300, weight: 4 }, ` at ${RELAY}`),
];

const UNHEALTHY = [
  warn('queue_depth', 'health check degraded: {count:900~9000} campaign mails waiting, oldest {age:120~1800} s', {
    weight: 3,
  }),
  warn('relay_slow', `health check degraded: ${RELAY} greets after {greeting:1500~9000} ms`, { weight: 2 }),
] as const;

export const notification = defineService({
  name: 'notification',
  logName: 'NotificationService',
  dependsOn: ['auth'],
  steps: {
    'checkout.queue': {
      good: [
        info('confirmation of {order} queued for {email}', { weight: 6 }),
        debug('confirmation of {order} rendered in {took} ms, template {template:order-en|order-de|order-nl}', {
          weight: 3,
        }),
      ],
      bad: [
        warn('queue_depth', 'confirmation of {order} queued behind {count:150~900} mails', { weight: 5 }),
        warn(
          'template_fallback',
          'confirmation of {order} queued in English: template {template:order-lt|order-pl|order-pt} does not compile',
          { weight: 3 },
        ),
        warn('recipient_suppressed', 'confirmation of {order} not queued: {email} held back after a bounce', {
          fails: 422,
          weight: 3,
        }),
        error(
          'broker_unavailable',
          'confirmation of {order} not queued: broker {broker:mq-1|mq-2} refused the connection',
          { fails: 503, weight: 3 },
        ),
        error(
          'render_failed',
          'confirmation of {order} not rendered: variable {variable:delivery_window|tax_lines|store_name} missing',
          { fails: 500, weight: 2 },
        ),
      ],
      afterFailure: {
        good: [
          info('no confirmation of {order}: payment failed ({failed.cause})', { when: { failedIn: 'payment' } }),
          info('no confirmation of {order}: stock not confirmed ({failed.cause})', { when: { failedIn: 'inventory' } }),
          info('no confirmation of {order}: {user} not verified ({failed.cause})', { when: { failedIn: 'auth' } }),
        ],
        bad: [
          warn('confirmation_withheld', 'confirmation of {order} withdrawn: order not placed ({failed.cause})', {
            weight: 3,
          }),
          warn('event_repeated', 'event order.failed for {order} came {count:2..6} times, {failed.cause}'),
        ],
        dependency: [
          warn('recipient_unverified', 'no confirmation of {order}: auth did not verify {user} ({failed.cause})', {
            when: { down: false },
          }),
          unreachable('auth', 'no address for mail about {order}'),
        ],
      },
    },
    'checkout.deliver': {
      good: [
        info(`confirmation of {order} accepted for {email} by ${RELAY} in {took} ms`, { weight: 6 }),
        debug(`confirmation of {order}: ${RELAY} answered 250 2.0.0 queued as {id:hex8}`, { weight: 3 }),
        info('confirmation of {order} pushed to {agent}'),
      ],
      bad: [
        ...mailFaults('confirmation of {order}'),
        error('tls_failed', `confirmation of {order} not sent: TLS handshake with ${RELAY} failed, connection reset`, {
          fails: 503,
        }),
      ],
      afterFailure: {
        good: [
          info(`payment problem mail for {order} accepted for {email} by ${RELAY}`, {
            when: { failedIn: 'payment', status: 4 },
          }),
          info(`mail on delayed payment of {order} accepted for {email} by ${RELAY}`, {
            when: { failedIn: 'payment', status: 5 },
          }),
        ],
        bad: [
          warn('smtp_deferred', `payment mail for {order} deferred: ${RELAY} answered 421 4.7.0 try again later`, {
            weight: 3,
          }),
          error('mailbox_full', 'payment mail for {order} to {email} bounced: 552 5.2.2 mailbox full'),
        ],
      },
    },
    'refund.deliver': {
      good: [
        info(`mail on {refund} accepted for {email} by ${RELAY} in {took} ms`, { weight: 3 }),
        debug(`mail on {refund}: ${RELAY} answered 250 2.0.0 queued as {id:hex8}`),
      ],
      bad: mailFaults('mail on {refund}'),
      afterFailure: {
        good: [
          info(`mail on delayed refund of {order} accepted for {email} by ${RELAY}`, {
            when: { failedIn: 'payment', status: 5 },
          }),
          info(`mail on refused refund of {order} accepted for {email} by ${RELAY}`, {
            when: { failedIn: 'payment', status: 4 },
          }),
          info(`mail on {refund} accepted for {email} by ${RELAY}`, { when: { failedIn: 'inventory' } }),
          info('no mail on refund of {order}: not permitted ({failed.cause})', { when: { failedIn: 'auth' } }),
        ],
        bad: [warn('smtp_deferred', `mail on refund of {order} deferred: ${RELAY} answered 421 4.7.0 try again later`)],
        dependency: [
          warn('refund_unconfirmed', 'mail on refund of {order} withheld: auth answered {failed.cause}', {
            when: { down: false },
          }),
          unreachable('auth', 'mail on refund of {order} withheld'),
        ],
      },
    },
    'password-reset.deliver': {
      good: [
        info(`reset mail accepted for {email} by ${RELAY} in {took} ms`, { weight: 3 }),
        debug(`reset mail: ${RELAY} answered 250 2.0.0 queued as {id:hex8}`),
      ],
      bad: mailFaults('reset mail'),
      afterFailure: {
        good: [info('no reset mail to {email}: no token issued ({failed.cause})', { when: { failedIn: 'auth' } })],
        dependency: [
          warn('reset_without_token', 'reset mail to {email} dropped: auth issued no token ({failed.cause})', {
            when: { down: false },
          }),
          unreachable('auth', 'reset mail to {email} dropped'),
        ],
      },
    },
    'restock.announce': {
      good: [
        info('{sku} back in stock: {count:2~160} watchers told', { weight: 2 }),
        debug('no watchers of {sku}, nothing to send'),
      ],
      bad: [
        warn(
          'push_token_expired',
          '{count:watchers-9..-1} of {watchers:12~160} watchers of {sku} not reached: push tokens expired',
          { weight: 3 },
        ),
        warn('quiet_hours', 'news of {sku} held back: {count:2~90} watchers in quiet hours', { weight: 2 }),
        timeout('push_gateway_timeout', 'news of {sku}', { minMs: 75, weight: 2 }, ' at push.example.com'),
      ],
    },
    'provider-webhook.push': {
      good: [
        info(`webhook for {order} delivered to ${HOOK} in {took} ms`, { weight: 4 }),
        debug(`webhook for {order}: ${HOOK} answered 204`, { weight: 2 }),
      ],
      bad: [
        warn('webhook_gone', `webhook for {order}: ${HOOK} answered 410 Gone, event parked`, { weight: 4 }),
        warn('webhook_throttled', `webhook for {order}: ${HOOK} answered 429, next try in {wait:30|60|120} s`, {
          weight: 3,
        }),
        timeout('webhook_timeout', `webhook for {order} to ${HOOK}`, { minMs: 75, weight: 4 }),
        error('webhook_dead_letter', `webhook for {order} moved to dead letters: ${HOOK} answered 500`, {
          fails: 502,
          weight: 2,
        }),
        error('webhook_tls', `webhook for {order} not sent: certificate of ${HOOK} does not match its name`, {
          fails: 502,
        }),
      ],
    },
    'health-check.notification': {
      good: [
        debug('health check passed in {took} ms', { weight: 3 }),
        debug('health check passed, mails waiting: {count:0~60}'),
      ],
      bad: [
        ...UNHEALTHY,
        error('relays_unreachable', 'health check failed: none of 3 relays accepts connections', { fails: 503 }),
      ],
      afterFailure: {
        good: [debug('health check passed in {took} ms')],
        bad: UNHEALTHY,
        dependency: unhealthy('auth'),
      },
    },
    'campaign.queue': {
      good: [
        debug('message for {user} queued, campaign {campaign:autumn-sale|new-arrivals|win-back}', { weight: 6 }),
        debug('{user} in segment {segment:frequent|lapsed|newcomers}, message rendered in {took} ms', { weight: 2 }),
      ],
      bad: [
        warn('unsubscribed', 'message for {user} dropped: unsubscribed {hours:1~70} h ago, segment is older', {
          fails: 409,
          weight: 4,
        }),
        warn('frequency_cap', 'message for {user} dropped: {count:cap+0..0} in the last 7 days, cap {cap:3|4}', {
          fails: 429,
          weight: 3,
        }),
        warn('queue_depth', 'message for {user} queued behind {count:2000~60000} others', { weight: 3 }),
        error('broker_unavailable', 'message for {user} not queued: no leader for partition {partition:0..11}', {
          fails: 503,
          weight: 2,
        }),
      ],
    },
    'campaign.deliver': {
      good: [
        info(`campaign mail accepted for {email} by ${RELAY} in {took} ms`, { weight: 6 }),
        info('push message delivered to {user} ({agent})', { weight: 3 }),
        info(`SMS to {user} accepted by ${GATEWAY}`, { weight: 2 }),
      ],
      bad: [
        ...mailFaults('campaign mail'),
        warn('push_token_expired', 'push message to {user} dropped: token expired', { fails: 410, weight: 2 }),
        warn('spam_score', 'campaign mail to {email} delivered with spam score {score:5..8} of 10', { weight: 2 }),
        error(
          'sms_rejected',
          `SMS to {user} rejected: ${GATEWAY} answered code {code:30003 unreachable handset|30007 filtered}`,
          { fails: 502, weight: 2 },
        ),
      ],
    },
  },
  background: {
    perPage: 12,
    good: [
      debug('order outbox: {count:1~140} waiting, oldest {age:1~50} s', { weight: 6 }),
      debug('senders: {busy:0~12}/16 busy', { weight: 4 }),
      debug(`${RELAY}: {open:2..8} connections open, {sent:4~240} mails sent in the last minute`, { weight: 3 }),
      debug('template cache: {entries:64|66} compiled, hit ratio {hits:93..99} %', { weight: 2 }),
      info('retry queue drained: {count:2~90} mails sent', { weight: 2 }),
      info('feedback loop: {count:2..6} complaints, addresses suppressed'),
      info('DKIM key {selector:s2026a|s2026b} checked in DNS'),
    ],
    bad: [
      warn('queue_depth', 'campaign outbox has {count:900~20000} mails waiting, oldest {age:120~2400} s', {
        weight: 5,
      }),
      warn('relay_throttled', `${RELAY} answered 421 4.7.0 too many connections, {open:10|20} open, slowing down`, {
        weight: 4,
      }),
      warn('bounce_rate', 'bounce rate {rate:6..14} % over the last hour, limit 5 %', { weight: 3 }),
      warn('sender_reputation', 'sending address 203.0.113.25 listed by {list:bl.example.org|dnsbl.example.net}'),
      warn('certificate_expiring', 'push certificate expires in {days:6} days'),
      warn('sms_budget', 'SMS budget of the month {share:93} % used'),
      error('dead_letters', 'dead letter queue grew to {count:60~4000} messages', { weight: 3 }),
      error(
        'consumer_stuck',
        'consumer {consumer:mail-1|mail-2|push-1} made no progress for {age:61~600} s, restarted',
        { weight: 2 },
      ),
      error('dkim_failed', '{count:2~300} mails refused: DKIM signature {selector:s2026a|s2026b} does not verify'),
    ],
  },
});
