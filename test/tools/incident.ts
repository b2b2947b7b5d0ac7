import type { Incident, RatioRise } from '../../shared/incident.ts';

const SECOND = 1_000;

/** When its phases begin, in seconds from its begin, and when it is over. */
export const PHASES_AT = { precursor: 0, onset: 60, plateau: 100, recovery: 400, over: 500 };

/**
 * An incident of payment that also reaches the API, with every phase and a release that is a red herring.
 * @param from when it begins, in ms
 */
export function paymentIncident(from: number, id = 'payment-down-1'): Incident {
  const at = (seconds: number) => from + seconds * SECOND;
  const period = (begin: number, end: number) => ({ from: at(begin), to: at(end) });
  const rise = (service: string, ratio: number): RatioRise => ({
    service,
    points: [
      { at: at(PHASES_AT.onset), ratio: 0 },
      { at: at(PHASES_AT.plateau), ratio },
      { at: at(PHASES_AT.recovery), ratio },
      { at: at(PHASES_AT.recovery), ratio: ratio / 2 },
      { at: at(PHASES_AT.over), ratio: 0 },
    ],
  });
  const { precursor, onset, plateau, recovery, over } = PHASES_AT;
  const fault = { service: 'payment', cause: 'provider_down', fullFrom: at(plateau), fullTo: at(recovery) };
  return {
    id,
    type: 'payment-down',
    title: 'payment provider adyen answers nothing',
    root: { service: 'payment', component: 'provider:adyen', fault: 'dependency_unavailable' },
    severity: 1,
    ...period(precursor, over),
    phases: [
      { name: 'precursor', ...period(precursor, onset) },
      { name: 'onset', ...period(onset, plateau) },
      { name: 'plateau', ...period(plateau, recovery) },
      { name: 'recovery', ...period(recovery, over) },
    ],
    faults: [{ ...fault, ...period(onset, over), isAnnounced: true }],
    rises: [rise('payment', 5), rise('api', 1)],
    ratios: [],
    deploys: [],
    outages: [],
    redHerrings: [{ service: 'auth', what: 'release of auth', why: 'nothing of auth changes', ...period(20, 50) }],
    startedBy: 'operator',
  };
}
