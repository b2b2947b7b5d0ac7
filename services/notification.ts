/** Notifies people and partners: mail for orders, refunds and resets, marketing campaigns, outgoing webhooks. */

import { defineService, unhealthy, unreachable, type Variant } from './definition/index.ts';
import { background } from './notification-background.ts';
import { debug, error, FILLED, info, slow, state, timeout, warn } from './notification-state.ts';
import {
  DEFERRED,
  failedAt,
  lateMailFaults,
  mailFaults,
  NO_BROKER,
  NO_GATEWAY,
  NO_HOOK,
  notPublished,
  plainText,
  REFUSED,
  RETRY,
  sent,
  UNDEFINED,
  UNSIGNED,
  workerFaults,
} from './notification-tasks.ts';

const CAMPAIGN = '[notify.queue] task=send_campaign';
const CONFIRMATION = 'send_order_confirmation';
const ORDER = ', order {order}';
const REFUND = ', refund {refund} of {order}';
const RESTOCK = '[notify.mail] task=send_restock id={id:hex8}';
const WATCHERS = ', watchers of {sku}';
const PUSH = '[notify.hooks] task=push_event id={id:hex8}';
const EVENT = ', payment.updated of {order}';

/** Stages of a checkout at which a failure leaves the order placed. */
const PLACED = ['respond', 'queue', 'post'];
/** Stages at which the customer has tried to pay and learns by mail what became of it. */
const PAYING = ['authorize', 'capture', 'settle'];

const confirmationPublished = debug(
  `[notify.queue] task=${CONFIRMATION} published to {broker} in {took} ms, mail for {email}${ORDER}`,
);

/** What cannot be told because auth has refused or failed, or is down. */
const withoutAuth = (task: string, about: string): Variant[] => [
  warn('auth_refused', `[notify.queue] task=${task} not published: auth answered {failed.status}${about}`, {
    when: { down: false },
  }),
  unreachable('auth', `[notify.queue] task=${task} not published${about}`),
];

const healthy = debug('[notify.health] alive, replied in {took} ms, {senders_busy} of {senders} senders busy');
const DEGRADED = '[notify.health] degraded in {took} ms';
const UNHEALTHY = [
  warn('smtp_deferred', `${DEGRADED}, probe mail: ${DEFERRED}`, { weight: 10 }),
  warn('relay_refusing', `${DEGRADED}, probe mail: ${REFUSED}`),
  warn('relay_slow', `${DEGRADED}, {smtp_open} of {smtp_max} SMTP connections open: {relay} answers NOOP late`, {
    when: FILLED.smtp,
  }),
  warn(
    'queue_backlog',
    `${DEGRADED}, {outbox_waiting} tasks waiting (limit {outbox_limit}), oldest {outbox_oldest} s`,
    {
      when: FILLED.outbox,
    },
  ),
  warn('broker_unavailable', `${DEGRADED}, no heartbeat of {broker}`),
  warn('template_broken', `${DEGRADED}, base_mail.html does not compile on {pod}`),
  warn('hook_down', `${DEGRADED}, {hooks_parked} events parked: ${NO_HOOK}`),
  warn('dkim_failed', `${DEGRADED}, probe mail: ${UNSIGNED}`),
  warn('sms_gateway_down', `${DEGRADED}, ${NO_GATEWAY}`),
] as const;

export const notification = defineService({
  name: 'notification',
  logName: 'NotificationService',
  dependsOn: ['auth'],
  ...state,
  background,
  steps: {
    // No fault ends the journey here: neither the order nor its mail depends on this line.
    'checkout.queue': {
      good: [confirmationPublished],
      bad: [
        warn(
          'redelivered',
          `[notify.queue] task=${CONFIRMATION} published to {broker}, event seen twice (redelivered=True)${ORDER}`,
          { weight: 10 },
        ),
        slow('render_slow', '[notify.templates] rendering of order_confirmation.html', {}, ORDER),
        warn(
          'queue_backlog',
          `[notify.queue] task=${CONFIRMATION} sent to queue=priority, {outbox_waiting} tasks waiting${ORDER}`,
          { when: FILLED.outbox },
        ),
        warn('broker_unavailable', `[notify.queue] task=${CONFIRMATION} published on attempt 2: ${NO_BROKER}${ORDER}`),
        warn(
          'template_broken',
          `[notify.templates] order_confirmation.html rendered as plain text: ${UNDEFINED}${ORDER}`,
        ),
        warn('hook_down', `[notify.hooks] event order.placed parked: ${NO_HOOK}${ORDER}`),
      ],
      afterFailure: {
        good: [
          ...['auth', 'inventory', 'payment'].map((failed) => notPublished(CONFIRMATION, '{order} not placed', failed)),
          ...failedAt(['respond'], [confirmationPublished]),
        ],
        bad: [
          warn('redelivered', `[notify.queue] event of {broker} seen twice (redelivered=True)${ORDER}`, { weight: 10 }),
          warn('broker_unavailable', `[notify.queue] event read on attempt 2: ${NO_BROKER}${ORDER}`),
        ],
        dependency: withoutAuth(CONFIRMATION, ORDER),
      },
    },
    'checkout.deliver': {
      good: [sent(CONFIRMATION, ORDER)],
      bad: [
        ...mailFaults(CONFIRMATION, ORDER),
        warn('sms_gateway_down', `[notify.sms] task=send_order_sms id={id:hex8} ${RETRY}: ${NO_GATEWAY}${ORDER}`),
      ],
      afterFailure: {
        good: [
          ...failedAt(PLACED, [sent(CONFIRMATION, ORDER)]),
          ...failedAt(PAYING, [sent('send_order_problem', ORDER)]),
        ],
        bad: [
          ...failedAt(PLACED, lateMailFaults(CONFIRMATION, ORDER)),
          ...failedAt(PAYING, lateMailFaults('send_order_problem', ORDER)),
        ],
      },
    },
    'refund.deliver': {
      good: [sent('send_refund_notice', REFUND)],
      bad: [...mailFaults('send_refund_notice', REFUND), plainText('send_refund_notice', REFUND)],
      afterFailure: {
        good: [
          notPublished('send_refund_notice', '{order} not refunded', 'auth'),
          ...failedAt(['refund'], [sent('send_refund_problem', ORDER)]),
          ...failedAt(['restock', 'respond'], [sent('send_refund_notice', REFUND)]),
        ],
        bad: [
          ...failedAt(['refund'], lateMailFaults('send_refund_problem', ORDER)),
          ...failedAt(['restock', 'respond'], lateMailFaults('send_refund_notice', REFUND)),
        ],
        dependency: withoutAuth('send_refund_notice', ORDER),
      },
    },
    'password-reset.deliver': {
      good: [sent('send_password_reset')],
      bad: [...mailFaults('send_password_reset'), plainText('send_password_reset')],
      afterFailure: {
        good: [
          notPublished('send_password_reset', 'no token for {email}', 'auth'),
          ...failedAt(['respond'], [sent('send_password_reset')]),
        ],
        bad: lateMailFaults('send_password_reset'),
        dependency: withoutAuth('send_password_reset', ', mail for {email}'),
      },
    },
    'restock.announce': {
      good: [
        info(`${RESTOCK} succeeded in {took} ms: {relay} accepted {mails:2~160} mails${WATCHERS}`, { weight: 3 }),
        debug(`${RESTOCK} succeeded: nobody watches {sku}`),
      ],
      bad: [
        warn('smtp_deferred', `${RESTOCK} ${RETRY}: ${DEFERRED}${WATCHERS}`, { weight: 10 }),
        timeout('smtp_timeout', '[notify.mail] DATA to {relay}', {}, `, task=send_restock${WATCHERS}`),
        warn('relay_refusing', `${RESTOCK} ${RETRY}: ${REFUSED}${WATCHERS}`),
        warn('relay_slow', `${RESTOCK} done in {took} ms: {relay} kept the session waiting for 250${WATCHERS}`, {
          when: { minMs: 300 },
        }),
        warn('dkim_failed', `${RESTOCK} held back: ${UNSIGNED}${WATCHERS}`),
        plainText('send_restock', WATCHERS),
        ...workerFaults('send_restock', WATCHERS),
      ],
    },
    'provider-webhook.push': {
      good: [info(`${PUSH} succeeded in {took} ms: {hook} answered 204${EVENT}`)],
      bad: [
        warn('hook_throttled', `${PUSH} parked, attempt 1/{hook_retries}: requests HTTPError 429 from {hook}${EVENT}`, {
          weight: 10,
        }),
        timeout('hook_timeout', '[notify.hooks] POST to {hook}', {}, `, task=push_event${EVENT}`),
        warn('hook_down', `${PUSH} parked: ${NO_HOOK}${EVENT}`),
        ...workerFaults('push_event', EVENT),
      ],
    },
    'health-check.notification': {
      good: [healthy],
      bad: [...UNHEALTHY, error('broker_unavailable', `[notify.health] failed: ${NO_BROKER}`, { fails: 503 })],
      afterFailure: { good: [healthy], bad: UNHEALTHY, dependency: unhealthy('auth') },
    },
    'campaign.queue': {
      good: [
        debug(
          `${CAMPAIGN} published to {broker} in {took} ms, {campaign:win-back|new-arrivals|wishlist-digest} for {user}`,
        ),
      ],
      bad: [
        warn('redelivered', `${CAMPAIGN} published to {broker}, event of {user} seen twice (redelivered=True)`, {
          weight: 10,
        }),
        timeout('publish_timeout', '[notify.queue] publish to {broker}', {}, ', task=send_campaign for {user}'),
        warn('unsubscribed', `${CAMPAIGN} dropped: {user} has unsubscribed since the export`, { fails: 409 }),
        warn('queue_backlog', `${CAMPAIGN} postponed: {outbox_waiting} tasks waiting, oldest {outbox_oldest} s`, {
          fails: 503,
          when: FILLED.outbox,
        }),
        warn('broker_unavailable', `${CAMPAIGN} published on attempt 2: ${NO_BROKER} for {user}`),
        warn('template_broken', `[notify.templates] campaign_mail.html rendered as plain text: ${UNDEFINED}`),
      ],
    },
    'campaign.deliver': {
      good: [
        { ...sent('send_campaign'), weight: 6 },
        info('[notify.push] task=send_push id={id:hex8} succeeded in {took} ms: push accepted for {user}', {
          weight: 3,
        }),
        info('[notify.sms] task=send_sms id={id:hex8} succeeded in {took} ms: {gateway} accepted SMS for {user}', {
          weight: 2,
        }),
      ],
      bad: [
        ...mailFaults('send_campaign'),
        warn('push_token_expired', '[notify.push] task=send_push id={id:hex8} dropped: UnregisteredError for {user}'),
        warn('sms_gateway_down', `[notify.sms] task=send_sms id={id:hex8} ${RETRY}: ${NO_GATEWAY} for {user}`, {
          weight: 3,
        }),
      ],
    },
  },
});
