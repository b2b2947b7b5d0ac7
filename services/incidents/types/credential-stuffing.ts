import type { IncidentType } from '../incident-type.ts';

export const credentialStuffing: IncidentType = {
  name: 'credential-stuffing',
  title: 'stolen passwords are being tried',
  shows:
    'Sign-ins fail in rows from a few networks, accounts are locked, hash workers are busy, and the API ' +
    'answers 401 and 429.',
  root: { service: 'auth', cause: 'credential_stuffing', component: 'sign-in', fault: 'attack' },
  phases: {
    onset: { minutes: 2 },
    plateau: { minutes: 28, share: 0.8 },
    recovery: { minutes: 5 },
  },
  redHerrings: [
    {
      service: 'notification',
      cause: 'queue_backlog',
      atMinute: -6,
      minutes: 10,
      share: 0.02,
      why: 'a newsletter brings honest customers who sign in',
    },
  ],
  difficulty: 1,
};
