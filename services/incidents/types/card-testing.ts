import type { IncidentType } from '../incident-type.ts';

export const cardTesting: IncidentType = {
  name: 'card-testing',
  title: 'stolen cards are being tested',
  shows:
    'Many payments of small amounts are put under review by the strict risk profile; checkouts are ' +
    'refused with 402 and the review queue grows.',
  root: { service: 'payment', cause: 'fraud_rules_strict', component: 'risk-rules', fault: 'attack' },
  phases: {
    onset: { minutes: 3 },
    plateau: { minutes: 22, share: 0.5 },
    recovery: { minutes: 5 },
  },
  redHerrings: [
    {
      service: 'payment',
      cause: 'webhook_signature_mismatch',
      atMinute: -15,
      minutes: 6,
      share: 0.02,
      why: 'a provider changed its key; its events are polled meanwhile',
    },
  ],
  difficulty: 2,
};
