/** The notification service between its lines: configuration, gauges, what it calls, and which of its faults last. */

import { buildersFor } from './definition/index.ts';

export const state = {
  constants: {
    senders: 8,
    smtp_max: 10,
    outbox_limit: 100,
    retries: '5|6|8',
    hook_retries: '6|8',
    bounce_limit: 5,
    selector: 's2026a|s2026b',
    templates: '62|64|66',
    child_tasks: '500|1000',
  },
  gauges: {
    outbox_waiting: {
      usual: [0, 14],
      during: { queue_backlog: [140, 270], broker_unavailable: [30, 80], relay_slow: [20, 70] },
      load: true,
    },
    /** In seconds. */
    outbox_oldest: {
      usual: [1, 9],
      during: { queue_backlog: [120, 420], broker_unavailable: [40, 240], relay_slow: [12, 60] },
    },
    senders_busy: {
      usual: [0, 3],
      // Now and then one is between two tasks.
      during: { queue_backlog: [7, 'senders'], relay_slow: [7, 'senders'] },
      load: true,
    },
    smtp_open: { usual: [1, 4], during: { relay_slow: [9, 'smtp_max'], relay_refusing: [0, 2] }, load: true },
    retries_waiting: {
      usual: [0, 6],
      during: { relay_refusing: [12, 60], relay_slow: [6, 24], sms_gateway_down: [6, 20] },
    },
    hooks_parked: { usual: [0, 4], during: { hook_down: [6, 40] } },
    mails_held: { usual: [0, 0], during: { dkim_failed: [10, 60] } },
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
  senders: { least: { senders_busy: state.constants.senders - 1 } },
  smtp: { least: { smtp_open: state.constants.smtp_max - 1 } },
} as const;

export const { debug, info, warn, error, timeout, slow } = buildersFor(state);
