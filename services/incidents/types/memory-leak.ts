import type { IncidentType } from '../incident-type.ts';

export const memoryLeak: IncidentType = {
  name: 'memory-leak',
  title: 'workers of the API run out of memory',
  shows:
    'The heap grows for half an hour, requests get slow, then workers are ended by the kernel one by one ' +
    'until a restart.',
  root: { service: 'api', cause: 'worker_out_of_memory', component: 'worker', fault: 'memory_leak' },
  phases: {
    precursor: { minutes: 15, cause: 'event_loop_lag', share: [0, 0.02] },
    onset: { minutes: 15 },
    plateau: { minutes: 15, share: 0.18 },
    recovery: { minutes: 1, share: [0.05, 0] },
  },
  redHerrings: [
    {
      service: 'auth',
      cause: 'cpu_throttled',
      atMinute: 10,
      minutes: 6,
      share: 0.01,
      why: 'one node of Auth is throttled; its answers are late and right',
    },
  ],
  difficulty: 2,
};
