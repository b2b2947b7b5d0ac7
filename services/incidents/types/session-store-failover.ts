import type { IncidentType } from '../incident-type.ts';

export const sessionStoreFailover: IncidentType = {
  name: 'session-store-failover',
  title: 'node {target} of the session store is read-only',
  shows:
    'Sessions on one node can neither be created nor refreshed: customers are signed out, and sign-in ' +
    'answers 503.',
  root: { service: 'auth', cause: 'session_store_readonly', component: 'session-store', fault: 'failover' },
  phases: {
    plateau: { minutes: 6, share: 0.8 },
    recovery: { minutes: 5 },
  },
  redHerrings: [{ service: 'auth', atMinute: -25, minutes: 3, why: 'a release that changed nothing about sessions' }],
  difficulty: 2,
};
