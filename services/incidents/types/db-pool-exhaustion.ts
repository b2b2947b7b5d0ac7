import type { IncidentType } from '../incident-type.ts';

export const dbPoolExhaustion: IncidentType = {
  name: 'db-pool-exhaustion',
  title: 'the connection pool of Inventory is exhausted',
  shows: 'Queries wait longer and longer for a connection, then fail; every page that shows stock answers ' + '503.',
  root: { service: 'inventory', cause: 'pool_exhausted', component: 'pool', fault: 'resource_exhaustion' },
  phases: {
    precursor: { minutes: 6, cause: 'slow_queries', share: [0.02, 0.1] },
    onset: { minutes: 10 },
    plateau: { minutes: 15, share: 0.55 },
    recovery: { minutes: 1, share: [0.2, 0] },
  },
  redHerrings: [
    {
      service: 'notification',
      cause: 'queue_backlog',
      atMinute: 2,
      minutes: 12,
      share: 0.02,
      why: 'a campaign of the marketing department; mails are late and none is lost',
    },
  ],
  difficulty: 2,
};
