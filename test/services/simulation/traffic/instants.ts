import fc from 'fast-check';

/** In ms. */
export const HOUR = 3_600_000;
/** In ms. */
export const WEEK = 168 * HOUR;
/** A Monday, 00:00 UTC. */
export const MONDAY = Date.UTC(2026, 10, 23);

/** Instants of three weeks, in ms since the epoch: any, and those close to a whole hour. */
export const instants = fc.oneof(
  fc.double({ min: MONDAY, max: MONDAY + 3 * WEEK, noNaN: true }),
  fc.integer({ min: MONDAY, max: MONDAY + 3 * WEEK }),
  fc
    .tuple(fc.integer({ min: 0, max: 3 * 168 }), fc.integer({ min: -3, max: 3 }))
    .map(([hour, ms]) => MONDAY + hour * HOUR + ms),
);
