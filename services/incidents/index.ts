/** The catalogue of incidents. A new type is one file in `types/` and one line here. */

import type { IncidentType } from './incident-type.ts';
import { badDeploy } from './types/bad-deploy.ts';
import { badTemplate } from './types/bad-template.ts';
import { brokerLeaderLost } from './types/broker-leader-lost.ts';
import { cardTesting } from './types/card-testing.ts';
import { credentialStuffing } from './types/credential-stuffing.ts';
import { dbPoolExhaustion } from './types/db-pool-exhaustion.ts';
import { edgeNodeFailing } from './types/edge-node-failing.ts';
import { keySetUnavailable } from './types/key-set-unavailable.ts';
import { ledgerFailover } from './types/ledger-failover.ts';
import { lockContention } from './types/lock-contention.ts';
import { mailRelayRefusing } from './types/mail-relay-refusing.ts';
import { memoryLeak } from './types/memory-leak.ts';
import { paymentProviderDown } from './types/payment-provider-down.ts';
import { paymentProviderSlow } from './types/payment-provider-slow.ts';
import { queryRegression } from './types/query-regression.ts';
import { quiet } from './types/quiet.ts';
import { replicaLag } from './types/replica-lag.ts';
import { searchShardsLost } from './types/search-shards-lost.ts';
import { serviceDown } from './types/service-down.ts';
import { sessionStoreFailover } from './types/session-store-failover.ts';
import { userStoreSlow } from './types/user-store-slow.ts';
import { warehouseLinkDown } from './types/warehouse-link-down.ts';

export const incidentTypes: readonly IncidentType[] = [
  paymentProviderDown,
  paymentProviderSlow,
  ledgerFailover,
  cardTesting,
  dbPoolExhaustion,
  queryRegression,
  replicaLag,
  searchShardsLost,
  lockContention,
  warehouseLinkDown,
  credentialStuffing,
  sessionStoreFailover,
  keySetUnavailable,
  userStoreSlow,
  mailRelayRefusing,
  brokerLeaderLost,
  badTemplate,
  badDeploy,
  memoryLeak,
  edgeNodeFailing,
  serviceDown,
  quiet,
];
