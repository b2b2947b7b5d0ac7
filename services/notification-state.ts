/** The notification service between its lines: configuration, gauges, what it calls, and which of its faults last. */

import { buildersFor } from './definition/index.ts';

export const state = {
  constants: {
    senders: 16,
    smtp_max: 20,
    outbox_limit: 500,
    retries: '5|6|8',
    retry_delay: '120|180|300',
    hook_retries: '6|8',
    hook_delay: '30|60',
    bounce_limit: 5,
    selector: 's2026a|s2026b',
    templates: '62|64|66',
    child_tasks: '500|1000',
  },
  gauges: {
    outbox_waiting: {
      usual: [4, 60],
      during: { queue_backlog: [900, 6000], broker_unavailable: [150, 390], relay_slow: [90, 380] },
    },
    /** In seconds. */
    outbox_oldest: {
      usual: [1, 9],
      during: { queue_backlog: [120, 900], broker_unavailable: [40, 240], relay_slow: [12, 60] },
    },
    senders_busy: {
      usual: [1, 9],
      during: { queue_backlog: ['senders', 'senders'], relay_slow: ['senders', 'senders'] },
    },
    smtp_open: { usual: [3, 14], during: { relay_slow: ['smtp_max', 'smtp_max'], relay_refusing: [2, 7] } },
    retries_waiting: {
      usual: [2, 18],
      during: { relay_refusing: [60, 300], relay_slow: [20, 120], sms_gateway_down: [20, 90] },
    },
    hooks_parked: { usual: [2, 18], during: { hook_down: [30, 180] } },
    mails_held: { usual: [0, 0], during: { dkim_failed: [40, 260] } },
    /** In percent. */
    bounce_rate: { usual: [1, 4] },
    cert_days: { usual: [1, 80], countdown: true },
  },
  targets: {
    relay: ['mx1.example.net', 'mx2.example.net', 'relay.example.org'],
    gateway: ['sms-a.example.net', 'sms-b.example.net'],
    hook: ['hooks.example.com', 'orders.partner.example.org', 'erp.merchant.example.net'],
    broker: ['mq-1', 'mq-2'],
  },
  faults: {
    relay_refusing: { weight: 4, target: 'relay' },
    relay_slow: { weight: 3, target: 'relay', slowdown: 4 },
    queue_backlog: { weight: 3 },
    broker_unavailable: { weight: 2, target: 'broker', slowdown: 2 },
    template_broken: { weight: 2 },
    hook_down: { weight: 2, target: 'hook' },
    dkim_failed: {},
    sms_gateway_down: { target: 'gateway' },

    mailbox_full: { of: 'user', share: 0.006, hours: 8 },
    recipient_suppressed: { of: 'user', share: 0.003, hours: 72 },
    unsubscribed: { of: 'user', share: 0.006, hours: 720 },
    push_token_expired: { of: 'user', share: 0.004, hours: 240 },
  },
} as const;

/** While the gauges say so: a fault takes a while to fill them. */
export const FILLED = {
  outbox: { least: { outbox_waiting: state.constants.outbox_limit } },
  senders: { least: { senders_busy: state.constants.senders - 2 } },
  smtp: { least: { smtp_open: state.constants.smtp_max - 2 } },
} as const;

export const { debug, info, warn, error, timeout, slow } = buildersFor(state);
