import type { IncidentType } from '../incident-type.ts';

export const warehouseLinkDown: IncidentType = {
  name: 'warehouse-link-down',
  title: 'the message link to the warehouse is down',
  shows: 'Deliveries and reservations do without the warehouse or fail, and messages pile up until it is ' + 'back.',
  root: { service: 'inventory', cause: 'warehouse_link_down', component: 'warehouse-link', fault: 'network_partition' },
  phases: {
    plateau: { minutes: 18, share: 0.8 },
    recovery: { minutes: 6 },
  },
  redHerrings: [
    { service: 'notification', atMinute: -10, minutes: 3, why: 'a release that touches mail templates only' },
  ],
  difficulty: 1,
};
