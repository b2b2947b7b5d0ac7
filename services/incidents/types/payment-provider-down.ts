import type { IncidentType } from '../incident-type.ts';

export const paymentProviderDown: IncidentType = {
  name: 'payment-provider-down',
  title: 'payment provider {target} answers nothing',
  shows:
    'Answers of the provider get slow, then none comes; checkouts and refunds that use it fail with 5xx at the API, ' +
    'its circuit breaker opens and later closes.',
  root: {
    service: 'payment',
    cause: 'provider_down',
    component: 'provider',
    fault: 'dependency_unavailable',
  },
  phases: {
    precursor: { minutes: 5, cause: 'provider_slow', share: [0, 0.3] },
    onset: { minutes: 1 },
    plateau: { minutes: 14, share: 1 },
    recovery: { minutes: 4 },
  },
  redHerrings: [{ service: 'notification', atMinute: -20, minutes: 3, why: 'a release that touches mail only' }],
  difficulty: 1,
};
