import type { IncidentType } from '../incident-type.ts';

export const edgeNodeFailing: IncidentType = {
  name: 'edge-node-failing',
  title: 'edge node {target} drops connections',
  shows: 'Customers behind one edge node get nothing and give up: 499 at the API, while every service is ' + 'well.',
  root: { service: 'api', cause: 'edge_node_failing', component: 'edge', fault: 'network_partition' },
  phases: {
    plateau: { minutes: 12, share: 0.3 },
    recovery: { minutes: 3 },
  },
  redHerrings: [
    {
      service: 'inventory',
      cause: 'replica_lag',
      atMinute: -5,
      minutes: 10,
      share: 0.01,
      why: 'a replica is behind; reads go to the primary',
    },
  ],
  difficulty: 2,
};
