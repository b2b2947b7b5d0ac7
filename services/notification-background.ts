/** Lines of the notification service that belong to no request: retries, workers, and reports by the clock. */

import type { Background, Variant } from './definition/index.ts';
import { debug, error, FILLED, info, warn } from './notification-state.ts';
import { DEFERRED, NO_BROKER, NO_GATEWAY, NO_HOOK, REFUSED, UNDEFINED, UNSIGNED } from './notification-tasks.ts';

const LATER_RETRY = 'still in queue=retry, attempt {attempt:2..4}/{retries}';
const QUEUE = '{outbox_waiting} tasks waiting, oldest {outbox_oldest} s, {senders_busy} of {senders} senders busy';
const RELAYS = '{smtp_open} of {smtp_max} connections open, {retries_waiting} retries scheduled';
const CHANNELS = '{templates} templates cached, {hooks_parked} events parked';
const BOUNCES = 'bounce rate of the last hour {bounce_rate} %';

/** A worker that is busy does not answer an inspection: the fault of any report outside of the lasting ones. */
const incomplete = (report: string): Variant =>
  warn(
    'worker_silent',
    `[notify.beat] ${report} report incomplete: no inspect reply from ForkPoolWorker-{worker:1..8}`,
  );
const began = (fault: string): Pick<Variant, 'when'> => ({ when: { event: `${fault}.began` } });
const ended = (fault: string): Pick<Variant, 'when'> => ({ when: { event: `${fault}.ended` } });

export const background: Background = {
  perPage: 12,
  good: [
    info('[notify.retry] queue=retry drained: {mails:1..4} mails accepted by {relay}', { weight: 6 }),
    debug('[notify.feedback] delivery reports of {relay} read: {reports:2~40} delivered', { weight: 4 }),
    debug('[notify.hooks] parked event accepted by {hook} on attempt {attempt:2..4}', { weight: 2 }),
  ],
  bad: [
    warn('smtp_deferred', `[notify.retry] task=send_campaign ${LATER_RETRY}: ${DEFERRED}`, { weight: 10 }),
    error(
      'dead_letter',
      `[notify.retry] task=send_campaign moved to dead letters after {retries} retries: ${DEFERRED}`,
    ),
    error(
      'worker_lost',
      '[notify.worker] WorkerLostError on {pod}: ForkPoolWorker-{worker:1..8} exited by signal 9 (SIGKILL), replaced, task requeued',
      { weight: 0.3 },
    ),
    warn('relay_refusing', `[notify.retry] task=send_campaign ${LATER_RETRY}: ${REFUSED}`, { weight: 3 }),
    error(
      'relay_refusing',
      `[notify.retry] task=send_campaign moved to dead letters after {retries} retries: ${REFUSED}`,
    ),
    warn(
      'relay_slow',
      '[notify.retry] task=send_campaign waits for a connection to {relay}: {smtp_open} of {smtp_max} open',
      { when: FILLED.smtp },
    ),
    error(
      'queue_backlog',
      '[notify.worker] task=send_campaign discarded: expired in queue=default, {outbox_waiting} tasks waiting',
      { when: FILLED.outbox },
    ),
    error('broker_unavailable', `[notify.worker] consumer on {pod} lost its connection: ${NO_BROKER}`),
    error('template_broken', `[notify.templates] base_mail.html does not compile on {pod}: ${UNDEFINED}`),
    warn('hook_down', `[notify.hooks] parked event kept, attempt {attempt:2..4}/{hook_retries}: ${NO_HOOK}`, {
      weight: 3,
    }),
    error('hook_down', `[notify.hooks] parked event moved to dead letters after {hook_retries} retries: ${NO_HOOK}`),
    error('dkim_failed', `[notify.retry] task=send_campaign failed: ${UNSIGNED}`),
    warn('sms_gateway_down', `[notify.sms] task=send_sms ${LATER_RETRY}: ${NO_GATEWAY}`, { weight: 3 }),
    error(
      'sms_gateway_down',
      `[notify.sms] task=send_sms moved to dead letters after {retries} retries: ${NO_GATEWAY}`,
    ),
  ],
  scheduled: {
    'queue report': {
      everySeconds: 30,
      good: [
        debug(`[notify.beat] ${QUEUE}`),
        info(
          '[notify.worker] warm shutdown of celery@{pod}, rolling update to {version} started, 0/3 replaced',
          began('deploy'),
        ),
        info('[notify.worker] celery@{pod} ready, version {version}', ended('deploy')),
        info('[notify.beat] queue=default below its limit of {outbox_limit} again', ended('queue_backlog')),
        info('[notify.worker] consumers connected to {broker}', ended('broker_unavailable')),
      ],
      bad: [
        incomplete('queue'),
        warn('queue_backlog', `[notify.beat] queue=default above its limit of {outbox_limit}: ${QUEUE}`, {
          when: FILLED.outbox,
        }),
        warn('queue_backlog', '[notify.beat] queue=default grows, campaigns postponed', began('queue_backlog')),
        warn('broker_unavailable', `[notify.beat] consumers reconnect to {broker}: ${QUEUE}`),
        warn('broker_unavailable', '[notify.worker] {broker} missed its heartbeat', began('broker_unavailable')),
        warn('relay_slow', `[notify.beat] senders blocked by {relay}: ${QUEUE}`, { when: FILLED.senders }),
      ],
    },
    'relay report': {
      everySeconds: 60,
      good: [
        debug(`[notify.smtp] ${RELAYS}`),
        info('[notify.smtp] {relay} no longer answers 421', ended('relay_refusing')),
        info('[notify.smtp] {relay} answers NOOP in time again', ended('relay_slow')),
      ],
      bad: [
        incomplete('relay'),
        warn('relay_refusing', `[notify.smtp] {relay} still answers 421 at times: ${RELAYS}`),
        warn('relay_refusing', '[notify.smtp] {relay} begins to answer 421 to new sessions', began('relay_refusing')),
        warn('relay_slow', `[notify.smtp] {relay} answers NOOP late: ${RELAYS}`, { when: FILLED.smtp }),
        warn('relay_slow', '[notify.smtp] {relay} answers NOOP late, its senders block', began('relay_slow')),
      ],
    },
    'channel report': {
      everySeconds: 60,
      good: [
        debug(`[notify.beat] ${CHANNELS}`),
        info('[notify.templates] base_mail.html compiles again', ended('template_broken')),
        info('[notify.hooks] {hook} no longer answers 503', ended('hook_down')),
        info('[notify.mail] DKIM signature {selector} verifies again', ended('dkim_failed')),
        info('[notify.sms] {gateway} no longer answers 503', ended('sms_gateway_down')),
      ],
      bad: [
        incomplete('channel'),
        warn('template_broken', '[notify.templates] base_mail.html does not compile, such mails go as plain text'),
        error('template_broken', '[notify.templates] base_mail.html published with an error', began('template_broken')),
        warn('hook_down', '[notify.hooks] {hook} still answers 503, {hooks_parked} events parked'),
        warn('hook_down', '[notify.hooks] {hook} begins to answer 503, such events are parked', began('hook_down')),
        warn('dkim_failed', '[notify.mail] check of DKIM signature {selector} failed, {mails_held} mails held back', {
          when: { least: { mails_held: 1 } },
        }),
        error('dkim_failed', '[notify.mail] DKIM key {selector} in DNS is not the signing key', began('dkim_failed')),
        warn('sms_gateway_down', '[notify.sms] {gateway} still answers 503, {retries_waiting} retries scheduled'),
        warn('sms_gateway_down', '[notify.sms] {gateway} begins to answer 503', began('sms_gateway_down')),
      ],
    },
    'worker recycling': {
      everySeconds: 600,
      good: [
        info('[notify.worker] pool of {pod}: {recycled:1..3} of 8 processes recycled after {child_tasks} tasks each'),
      ],
      bad: [incomplete('worker')],
    },
    'bounce report': {
      everySeconds: 3600,
      good: [info(`[notify.feedback] ${BOUNCES} (limit {bounce_limit} %)`)],
      bad: [
        incomplete('bounce'),
        warn('bounce_rate_high', `[notify.feedback] ${BOUNCES}, close to the limit of {bounce_limit} %`, {
          when: { least: { bounce_rate: 4 } },
          weight: 3,
        }),
      ],
    },
    'certificate check': {
      everySeconds: 86_400,
      good: [info('[notify.push] client certificate valid for {cert_days} days')],
      bad: [
        incomplete('certificate'),
        warn('certificate_expiring', '[notify.push] client certificate expires in {cert_days} days', {
          when: { most: { cert_days: 14 } },
          weight: 10,
        }),
      ],
    },
  },
};
