/** What the tasks of the notification service share: mails that are sent, and the faults of mails and workers. */

import type { Variant } from './definition/index.ts';
import { FILLED, info, timeout, warn } from './notification-state.ts';

/** The usual complaint of a relay. */
export const DEFERRED = "SMTPResponseError(451, '4.7.1 too many messages from 203.0.113.25') from {relay}";
export const REFUSED = "SMTPConnectError(421, '4.3.2 system busy') from {relay}";
export const UNSIGNED = "SMTPDataError(550, '5.7.20 DKIM signature {selector} did not verify') from {relay}";
export const UNDEFINED = "jinja2 UndefinedError: 'shop_footer' is undefined, base_mail.html line 41";
export const NO_BROKER = 'kombu OperationalError [Errno 104] connection reset by {broker}';
export const NO_HOOK = 'requests HTTPError 503 from {hook}';
export const NO_GATEWAY = 'requests HTTPError 503 from {gateway}';

/** The first attempt of a task. */
export const RETRY = 'moved to queue=retry, attempt 1/{retries}';

/** What a mail that waits for its relay takes at least. */
const SLOW_MS = 600;

const DONE = 'id={id:hex8} done in {took} ms';

/** A mail that a relay has taken. `about` ends the line, as in `, order {order}`. */
export const sent = (task: string, about = ''): Variant =>
  info(`[notify.mail] task=${task} id={id:hex8} succeeded in {took} ms: {relay} accepted mail for {email}${about}`);

/** A task that is not needed, since what it would report has not happened. */
export const notPublished = (task: string, reason: string, failedIn: string): Variant =>
  info(`[notify.queue] task=${task} not published: ${reason} (stopped at {failed})`, { when: { failedIn } });

/** Faults of any worker, despite which the task is done. */
export const workerFaults = (task: string, about = ''): Variant[] => [
  warn(
    'queue_backlog',
    `[notify.worker] task=${task} ${DONE} from queue=priority, {outbox_waiting} tasks waiting${about}`,
    { when: FILLED.outbox },
  ),
  warn('broker_unavailable', `[notify.worker] task=${task} ${DONE}, not acknowledged: ${NO_BROKER}${about}`),
];

/** Faults of a mail that concern its recipient, or that the relay answers at once. */
const refusals = (task: string, about: string, mayFail: boolean): Variant[] => {
  const mail = `[notify.mail] task=${task} id={id:hex8}`;
  const bounced = mayFail ? { fails: 422 } : {};
  const deferred = mayFail ? { fails: 503 } : {};
  return [
    warn('smtp_deferred', `${mail} ${RETRY}: ${DEFERRED} for {email}${about}`, { ...deferred, weight: 10 }),
    warn('mailbox_full', `${mail} bounced: SMTPDataError(552, '5.2.2 mailbox full') for {email}${about}`, bounced),
    warn('recipient_suppressed', `${mail} dropped: {email} is on the suppression list${about}`, bounced),
    warn('relay_refusing', `${mail} ${RETRY}: ${REFUSED} for {email}${about}`, deferred),
  ];
};

/** Faults of a mail on a journey that has gone well. */
export const mailFaults = (task: string, about = ''): Variant[] => [
  ...refusals(task, about, true),
  warn('dkim_failed', `[notify.mail] task=${task} id={id:hex8} held back: ${UNSIGNED} for {email}${about}`, {
    fails: 503,
  }),
  warn('relay_slow', `[notify.mail] task=${task} ${DONE}: {relay} kept the session waiting for 250${about}`, {
    when: { minMs: SLOW_MS },
  }),
  timeout('smtp_timeout', '[notify.mail] DATA to {relay}', {}, ` for {email}, task=${task}${about}`),
];

/** Faults of a mail after its journey has failed, when no line can end it again. */
export const lateMailFaults = (task: string, about = ''): Variant[] => refusals(task, about, false);

/** A mail that goes without its HTML part. */
export const plainText = (task: string, about = ''): Variant =>
  warn('template_broken', `[notify.templates] task=${task} id={id:hex8} sent as plain text: ${UNDEFINED}${about}`);

/** The same variants for a failure at each of these stages. */
export const failedAt = (stages: readonly string[], variants: readonly Variant[]): Variant[] =>
  stages.flatMap((stage) => variants.map((variant) => ({ ...variant, when: { ...variant.when, failedAt: stage } })));
