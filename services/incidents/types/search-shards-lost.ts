import type { IncidentType } from '../incident-type.ts';

export const searchShardsLost: IncidentType = {
  name: 'search-shards-lost',
  title: 'search node {target} is lost',
  shows: 'Search answers in part or with 503 while two of four shards are missing; no other route is ' + 'concerned.',
  root: { service: 'inventory', cause: 'search_degraded', component: 'search-node', fault: 'resource_exhaustion' },
  phases: {
    plateau: { minutes: 25, share: 0.85 },
    recovery: { minutes: 4 },
  },
  redHerrings: [
    {
      service: 'inventory',
      cause: 'slow_queries',
      atMinute: -12,
      minutes: 8,
      share: 0.01,
      why: 'slow reads of the catalogue, of which none failed',
    },
  ],
  difficulty: 1,
};
