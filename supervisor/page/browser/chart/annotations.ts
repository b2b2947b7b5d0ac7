import type { IncidentStatus } from '../../../../shared/incident-api.ts';
import type { Mark } from '../../../../shared/page-api.ts';
import type { Range } from './series.ts';

/** A stretch of time that is shaded. */
export interface Band extends Range {
  readonly label: string;
  /** 0 to 1. */
  readonly strength: number;
}

const STRENGTHS = { precursor: 0.35, onset: 0.65, plateau: 1, recovery: 0.5 } as const;

/** The phases of the incidents that touch a range; one without phases is a band as a whole. */
export function bandsOf(incidents: readonly IncidentStatus[], range: Range): readonly Band[] {
  const isInRange = ({ from, to }: Range) => to > from && from < range.to && to > range.from;
  return incidents.flatMap(({ id, from, to, phases }): readonly Band[] =>
    phases.length === 0
      ? [{ from, to, label: id, strength: STRENGTHS.recovery }].filter(isInRange)
      : phases.filter(isInRange).map(({ name, from, to }, index) => ({
          from,
          to,
          label: index === 0 ? `${id}: ${name}` : name,
          strength: STRENGTHS[name],
        })),
  );
}

/** The marks nearest to a time, no farther from it than `within` ms. */
export function marksNear(marks: readonly Mark[], at: number, within: number): readonly Mark[] {
  return marks.filter((mark) => Math.abs(mark.at - at) <= within);
}
