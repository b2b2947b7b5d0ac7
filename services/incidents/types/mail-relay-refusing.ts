import type { IncidentType } from '../incident-type.ts';

export const mailRelayRefusing: IncidentType = {
  name: 'mail-relay-refusing',
  title: 'mail relay {target} refuses our mail',
  shows: 'Mails through one relay are deferred and queue up; nobody but Notification notices.',
  root: { service: 'notification', cause: 'relay_refusing', component: 'relay', fault: 'external_rejection' },
  phases: {
    onset: { minutes: 5 },
    plateau: { minutes: 40, share: 0.7 },
    recovery: { minutes: 15 },
  },
  redHerrings: [
    {
      service: 'api',
      cause: 'limiter_store_lost',
      atMinute: 8,
      minutes: 6,
      share: 0.01,
      why: 'the limiter does not count for some minutes and lets everybody in',
    },
  ],
  difficulty: 2,
};
