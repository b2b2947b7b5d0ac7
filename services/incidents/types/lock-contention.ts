import type { IncidentType } from '../incident-type.ts';

export const lockContention: IncidentType = {
  name: 'lock-contention',
  title: 'a long transaction holds rows of stock',
  shows: 'Reservations and baskets wait for a row lock and some end in a deadlock; browsing goes on as ever.',
  root: { service: 'inventory', cause: 'lock_contention', component: 'stock-table', fault: 'lock_contention' },
  phases: {
    onset: { minutes: 4 },
    plateau: { minutes: 14, share: 0.7 },
    recovery: { minutes: 1, share: [0.2, 0] },
  },
  redHerrings: [
    {
      service: 'auth',
      cause: 'cpu_throttled',
      atMinute: 5,
      minutes: 6,
      share: 0.01,
      why: 'sign-ins are slow on one node, and none fails',
    },
  ],
  difficulty: 2,
};
