import { show, type ValidationErrors } from './validation-errors.ts';

/** Periods up to this one divide it; longer ones are multiples of it that divide a day. In seconds. */
const SHORT_S = 600;
const DAY_S = 86_400;

/** Checks when something comes by the clock. */
export function checkTimetable(
  errors: ValidationErrors,
  { everySeconds, atSeconds }: Readonly<Record<string, unknown>>,
  path: string,
): void {
  const advice = `use seconds that divide ${SHORT_S}, or a multiple of ${SHORT_S} that divides ${DAY_S}, for example 30`;
  const problem = `${show(everySeconds)} is not a period; ${advice}`;
  if (!errors.check(isPeriod(everySeconds), `${path}.everySeconds`, problem)) return;
  if (atSeconds !== undefined) errors.wholeNumber(atSeconds, `${path}.atSeconds`, 0, (everySeconds as number) - 1);
}

function isPeriod(seconds: unknown): boolean {
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds <= 0) return false;
  return SHORT_S % seconds === 0 || (seconds % SHORT_S === 0 && DAY_S % seconds === 0);
}
