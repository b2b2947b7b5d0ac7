/** Traffic that follows the hours of the day and the days of the week, in UTC, and is exact over each week. */

const HOUR_MS = 3_600_000;
const HOURS = 168;
const WEEK_MS = HOURS * HOUR_MS;
/** The first Monday of the epoch, 5 January 1970. */
const MONDAY_MS = 4 * 24 * HOUR_MS;

/** Of each hour of a day, relative to one another: a shop whose customers sit in offices and shop at lunch and at night. */
const OF_HOUR = [
  38, 26, 19, 15, 15, 20, 34, 58, 84, 100, 108, 114, 120, 118, 110, 106, 106, 110, 122, 138, 150, 144, 112, 70,
];
/** Of each day from Monday on. */
const OF_DAY = [104, 100, 98, 98, 94, 88, 118];

/** Even time at the start of each hour of the week, in ms from its start. */
const starts = new Float64Array(HOURS + 1);
const total = OF_DAY.reduce((sum, day) => sum + day, 0) * OF_HOUR.reduce((sum, hour) => sum + hour, 0);
let before = 0;
for (let hour = 0; hour < HOURS; hour++) {
  starts[hour] = (before / total) * WEEK_MS;
  before += weightOf(hour);
}
starts[HOURS] = WEEK_MS;

/** How many times its average the traffic of the busiest hour is. */
export const MAX_WEEK_DENSITY = (Math.max(...OF_DAY) * Math.max(...OF_HOUR) * HOURS) / total;

/** Even time to the world's time, both in ms since the epoch. */
export function toWeekTime(even: number): number {
  const week = Math.floor((even - MONDAY_MS) / WEEK_MS);
  const begin = MONDAY_MS + week * WEEK_MS;
  const at = even - begin;
  let hour = 0;
  while (hour < HOURS - 1 && (starts[hour + 1] as number) <= at) hour++;
  const from = starts[hour] as number;
  return begin + (hour + Math.min(1, (at - from) / ((starts[hour + 1] as number) - from))) * HOUR_MS;
}

/** The world's time to even time. */
export function fromWeekTime(time: number): number {
  const week = Math.floor((time - MONDAY_MS) / WEEK_MS);
  const begin = MONDAY_MS + week * WEEK_MS;
  const position = (time - begin) / HOUR_MS;
  const hour = Math.min(HOURS - 1, Math.floor(position));
  const from = starts[hour] as number;
  const to = starts[hour + 1] as number;
  return begin + Math.min(to, from + (position - hour) * (to - from));
}

function weightOf(hour: number): number {
  return (OF_DAY[Math.floor(hour / 24)] as number) * (OF_HOUR[hour % 24] as number);
}
