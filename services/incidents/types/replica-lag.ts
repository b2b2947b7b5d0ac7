import type { IncidentType } from '../incident-type.ts';

export const replicaLag: IncidentType = {
  name: 'replica-lag',
  title: 'replica {target} of Inventory falls behind',
  shows:
    'Reads move to the primary while one replica is seconds behind; where the primary has reached its limit ' +
    'too, pages of the catalogue answer 503.',
  root: { service: 'inventory', cause: 'replica_lag', component: 'replica', fault: 'replication_lag' },
  phases: {
    onset: { minutes: 6 },
    plateau: { minutes: 34, share: 0.55 },
    recovery: { minutes: 8, share: [0.4, 0] },
  },
  redHerrings: [
    {
      service: 'auth',
      cause: 'replica_lag',
      atMinute: -8,
      minutes: 6,
      share: 0.01,
      why: 'a replica of another database, for some minutes',
    },
  ],
  difficulty: 1,
};
