/** When the phases of an incident are, and how strong it is in each. */

import { type Period, PHASE_NAMES, type Phase, type PhaseName } from '../../shared/incident.ts';
import type { IncidentType, PhasePlan } from './incident-type.ts';

export const MINUTE_MS = 60_000;

/** Share of its plateau that an incident has left when its recovery begins, where its type does not say it. */
const RECOVERY_SHARE = 0.4;

/** When an incident is, where that is not left to its type. */
export interface PhaseOptions {
  /** When it begins, in ms since the epoch: with its precursor, if it has one. */
  readonly at: number;
  /** How long its fault lasts, from the begin of the onset to the end of the plateau, in ms; by default as its type says. */
  readonly faultMs?: number;
  /** Begins with the onset. */
  readonly isAtOnce?: boolean;
}

/** The phases, one after the other. */
export function phasesOf({ phases }: IncidentType, { at, faultMs, isAtOnce = false }: PhaseOptions): readonly Phase[] {
  let from = at;
  return PHASE_NAMES.flatMap((name): Phase[] => {
    const plan = phases[name];
    if (!plan || (name === 'precursor' && isAtOnce)) return [];
    const begin = from;
    from += Math.round(lengthOf(name, phases, faultMs));
    return [{ name, from: begin, to: from }];
  });
}

/** From the begin of the onset to the end of the plateau. */
export function faultPeriod(phases: readonly Phase[]): Period {
  const during = phases.filter(({ name }) => name === 'onset' || name === 'plateau');
  return { from: (during[0] as Phase).from, to: (during.at(-1) as Phase).to };
}

/** The shares of a phase at its begin and its end. */
export function sharesOf(name: PhaseName, phases: IncidentType['phases']): readonly [number, number] {
  const { share = defaultShare(name, phases) } = phases[name] as PhasePlan;
  return typeof share === 'number' ? [share, share] : share;
}

function defaultShare(name: PhaseName, phases: IncidentType['phases']): number | readonly [number, number] {
  const [low, high] = name === 'plateau' ? [1, 1] : sharesOf('plateau', phases);
  if (name === 'precursor') return 0;
  if (name === 'onset') return [0, low];
  return name === 'plateau' ? high : [high * RECOVERY_SHARE, 0];
}

/** In ms. A fault that is shorter than its onset has half of that, so that it comes up at all. */
function lengthOf(name: PhaseName, phases: IncidentType['phases'], faultMs: number | undefined): number {
  const usual = (phases[name] as PhasePlan).minutes * MINUTE_MS;
  if (faultMs === undefined || name === 'precursor' || name === 'recovery') return usual;
  const onset = Math.min((phases.onset?.minutes ?? 0) * MINUTE_MS, faultMs / 2);
  return name === 'onset' ? onset : faultMs - onset;
}
