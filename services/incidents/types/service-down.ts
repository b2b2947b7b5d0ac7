import type { IncidentType } from '../incident-type.ts';

export const serviceDown: IncidentType = {
  name: 'service-down',
  title: '{target} is down',
  shows: 'The service writes nothing, and those that depend on it say that they cannot reach it.',
  root: { service: 'payment', cause: '', component: 'process', fault: 'service_unavailable' },
  isOutage: true,
  phases: { plateau: { minutes: 10 } },
  difficulty: 1,
};
