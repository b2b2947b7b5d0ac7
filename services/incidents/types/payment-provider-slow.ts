import type { IncidentType } from '../incident-type.ts';

export const paymentProviderSlow: IncidentType = {
  name: 'payment-provider-slow',
  title: 'payment provider {target} answers slowly',
  shows:
    'Payments through one provider take seconds and some time out; its p99 rises in the reports and ' +
    'nothing is refused.',
  root: { service: 'payment', cause: 'provider_slow', component: 'provider', fault: 'dependency_slow' },
  phases: {
    onset: { minutes: 5 },
    plateau: { minutes: 15, share: 0.6 },
    recovery: { minutes: 5 },
  },
  redHerrings: [
    {
      service: 'api',
      cause: 'event_loop_lag',
      atMinute: 6,
      minutes: 4,
      share: 0.01,
      why: 'some slow requests of one minute, on routes that need no payment',
    },
  ],
  difficulty: 2,
};
