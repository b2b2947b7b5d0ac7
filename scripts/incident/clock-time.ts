/**
 * The time of day in UTC, as in the log, with the day if that is another one than today.
 * @param time in ms since the epoch, as `now`
 */
export function clockTime(time: number, now: number): string {
  const [day, clock] = dayAndClock(time);
  return day === dayAndClock(now)[0] ? clock : `${day} ${clock}`;
}

function dayAndClock(time: number): readonly [string, string] {
  const text = new Date(time).toISOString();
  return [text.slice(0, 10), text.slice(11, 19)];
}
