import type { IncidentType } from '../incident-type.ts';

export const queryRegression: IncidentType = {
  name: 'query-regression',
  title: 'the database no longer uses an index of stock',
  shows:
    'Reads of stock scan the table from one moment to the next: they are slow, some are refused by their ' +
    'cost, pages answer 503.',
  root: { service: 'inventory', cause: 'slow_queries', component: 'query-planner', fault: 'query_regression' },
  phases: {
    plateau: { minutes: 20, share: 0.5 },
    recovery: { minutes: 1, share: [0.1, 0] },
  },
  redHerrings: [
    {
      service: 'inventory',
      atMinute: -40,
      minutes: 3,
      why: 'a release that changed no query; statistics were gathered since',
    },
  ],
  difficulty: 3,
};
