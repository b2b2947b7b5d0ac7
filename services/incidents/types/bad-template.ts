import type { IncidentType } from '../incident-type.ts';

export const badTemplate: IncidentType = {
  name: 'bad-template',
  title: 'a release of Notification breaks a template',
  shows: 'From a release on, mails of one kind cannot be rendered; the next release mends it.',
  root: { service: 'notification', cause: 'template_broken', component: 'build', fault: 'code_defect' },
  isBroughtByRelease: true,
  phases: {
    plateau: { minutes: 20, share: 0.5 },
    recovery: { minutes: 3 },
  },
  redHerrings: [
    { service: 'payment', atMinute: -14, minutes: 3, why: 'a release of Payment, after which nothing changes' },
  ],
  difficulty: 1,
};
