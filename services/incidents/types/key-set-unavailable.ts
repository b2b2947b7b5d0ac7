import type { IncidentType } from '../incident-type.ts';

export const keySetUnavailable: IncidentType = {
  name: 'key-set-unavailable',
  title: 'the key set of Auth cannot be fetched',
  shows:
    'Tokens whose key is not cached are refused: Payment and Notification say that Auth failed, and so ' +
    'does the API.',
  root: { service: 'auth', cause: 'jwks_unavailable', component: 'key-set', fault: 'dependency_unavailable' },
  phases: {
    onset: { minutes: 3 },
    plateau: { minutes: 17, share: 0.8 },
    recovery: { minutes: 2 },
  },
  redHerrings: [
    {
      service: 'payment',
      cause: 'ledger_replica_lag',
      atMinute: 3,
      minutes: 9,
      share: 0.02,
      why: 'a replica of the ledger is behind; reads go to the primary',
    },
  ],
  difficulty: 3,
};
