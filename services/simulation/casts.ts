/** Which journeys a page has: those of traffic, and those that come by the clock. */

import type { Catalog, CompiledJourney } from './catalog.ts';
import { deriveKey, seedKey, unit } from './hash.ts';
import type { CastMember } from './page-template.ts';

/**
 * Pages of what comes by the clock, in seconds: short ones for periods that divide them, long ones for multiples of those
 * that divide a day.
 */
export const SHORT_PAGE_S = 600;
export const LONG_PAGE_S = 86_400;

/** What comes by the clock takes at most this share of all lines. */
const MAX_CLOCK_SHARE = 0.4;

/** Pages of one length by the clock. */
export interface ClockCast {
  readonly lengthMs: number;
  readonly members: readonly CastMember[];
}

/** Each kind of journey as often as its `perPage`. */
export function trafficCast({ journeys }: Catalog): readonly CastMember[] {
  return journeys.flatMap((kind) =>
    Array.from({ length: kind.journey.perPage ?? 0 }, (_, indexWithinKind) => ({ kind, indexWithinKind })),
  );
}

/**
 * Each kind of journey by its timetable.
 * @param rate lines per second of the whole fleet: where they would be too large a part of it, they come half as often,
 * or a quarter, and so on
 */
export function clockCasts(
  catalog: Catalog,
  seed: number,
  rate: number,
): { readonly casts: readonly ClockCast[]; readonly slowdown: number } {
  const kinds = catalog.journeys.filter(({ journey }) => journey.everySeconds !== undefined);
  const perSecond = kinds.reduce((sum, kind) => sum + kind.steps.length / secondsOf(kind), 0);
  let slowdown = 1;
  while (perSecond / slowdown > MAX_CLOCK_SHARE * rate) slowdown *= 2;
  const castOf = (lengthS: number, isInIt: (periodS: number) => boolean): ClockCast => ({
    lengthMs: lengthS * 1000 * slowdown,
    members: kinds
      .filter((kind) => isInIt(secondsOf(kind)))
      .flatMap((kind) => timetable(kind, lengthS, slowdown, seed)),
  });
  const casts = [
    castOf(SHORT_PAGE_S, (periodS) => periodS <= SHORT_PAGE_S),
    castOf(LONG_PAGE_S, (periodS) => periodS > SHORT_PAGE_S),
  ];
  return { casts: casts.filter(({ members }) => members.length > 0), slowdown };
}

function timetable(kind: CompiledJourney, lengthS: number, slowdown: number, seed: number): CastMember[] {
  const periodS = secondsOf(kind);
  const { atSeconds } = kind.journey;
  // Where nothing else is said, a timer runs since its process began, at no whole second: no two jobs begin together.
  const anyMs = Math.floor(unit(deriveKey(seedKey(seed, `timetable of ${kind.name}`), 0)) * periodS * 1000);
  const firstMs = atSeconds === undefined ? anyMs : atSeconds * 1000;
  return Array.from({ length: lengthS / periodS }, (_, indexWithinKind) => ({
    kind,
    indexWithinKind,
    offsetMs: (indexWithinKind * periodS * 1000 + firstMs) * slowdown,
  }));
}

function secondsOf({ journey }: CompiledJourney): number {
  return journey.everySeconds as number;
}

/** Lines per second of such pages. */
export function linesPerSecond({ members, lengthMs }: ClockCast): number {
  return (members.reduce((sum, { kind }) => sum + kind.steps.length, 0) * 1000) / lengthMs;
}
