import type { IncidentType } from '../incident-type.ts';

export const userStoreSlow: IncidentType = {
  name: 'user-store-slow',
  title: 'the database of users is slow',
  shows:
    'Each statement on users waits for I/O: sign-in takes seconds and then times out, while those who ' +
    'are signed in notice little.',
  root: { service: 'auth', cause: 'user_store_slow', component: 'user-store', fault: 'dependency_slow' },
  phases: {
    onset: { minutes: 8 },
    plateau: { minutes: 17, share: 0.5 },
    recovery: { minutes: 4 },
  },
  redHerrings: [
    {
      service: 'inventory',
      cause: 'stock_cache_readonly',
      atMinute: 4,
      minutes: 6,
      share: 0.02,
      why: 'a cache that refuses writes: prices come from the database',
    },
  ],
  difficulty: 2,
};
