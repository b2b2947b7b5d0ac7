import type { IncidentType } from '../incident-type.ts';

export const brokerLeaderLost: IncidentType = {
  name: 'broker-leader-lost',
  title: 'broker {target} of Notification has no leader',
  shows: 'Tasks cannot be published or fetched through one broker; the outbox grows and then drains.',
  root: { service: 'notification', cause: 'broker_unavailable', component: 'broker', fault: 'message_broker_failure' },
  phases: {
    plateau: { minutes: 8, share: 0.85 },
    recovery: { minutes: 6 },
  },
  redHerrings: [
    { service: 'inventory', atMinute: -15, minutes: 3, why: 'a release of Inventory, which does not use the broker' },
  ],
  difficulty: 1,
};
