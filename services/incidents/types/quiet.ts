import type { IncidentType } from '../incident-type.ts';

export const quiet: IncidentType = {
  name: 'quiet',
  title: 'nothing is wrong',
  shows: 'A release and a slow hour: what an alert should not fire on.',
  phases: { plateau: { minutes: 30 } },
  redHerrings: [
    { service: 'inventory', atMinute: 4, minutes: 3, why: 'a release after which nothing changes' },
    {
      service: 'api',
      cause: 'event_loop_lag',
      atMinute: 12,
      minutes: 8,
      share: 0.02,
      why: 'slow for some minutes, no request failed',
    },
  ],
  difficulty: 2,
};
