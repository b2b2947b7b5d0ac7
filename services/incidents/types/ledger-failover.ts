import type { IncidentType } from '../incident-type.ts';

export const ledgerFailover: IncidentType = {
  name: 'ledger-failover',
  title: '{target} of the ledger is read-only after a failover',
  shows: 'Postings on one shard are rolled back, so that orders fail after their payment and charges are ' + 'voided.',
  root: { service: 'payment', cause: 'ledger_readonly', component: 'shard', fault: 'failover' },
  phases: {
    precursor: { minutes: 3, cause: 'ledger_replica_lag', share: [0, 0.2] },
    plateau: { minutes: 6, share: 0.8 },
    recovery: { minutes: 5, share: [0.2, 0] },
  },
  redHerrings: [
    {
      service: 'payment',
      atMinute: -12,
      minutes: 3,
      why: 'a release of the same service, which changed nothing about the ledger',
    },
  ],
  difficulty: 2,
};
