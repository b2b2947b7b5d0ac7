import { LONG_PAGE_S, SHORT_PAGE_S } from '../../simulation/casts.ts';
import { show, type ValidationErrors } from './validation-errors.ts';

/** Checks when something comes by the clock. */
export function checkTimetable(
  errors: ValidationErrors,
  { everySeconds, atSeconds }: Readonly<Record<string, unknown>>,
  path: string,
): void {
  const advice = `use seconds that divide ${SHORT_PAGE_S}, or a multiple of ${SHORT_PAGE_S} that divides ${LONG_PAGE_S}, for example 30`;
  const problem = `${show(everySeconds)} is not a period; ${advice}`;
  if (!errors.check(isPeriod(everySeconds), `${path}.everySeconds`, problem)) return;
  if (atSeconds !== undefined) errors.wholeNumber(atSeconds, `${path}.atSeconds`, 0, (everySeconds as number) - 1);
}

function isPeriod(seconds: unknown): boolean {
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds <= 0) return false;
  return SHORT_PAGE_S % seconds === 0 || (seconds % SHORT_PAGE_S === 0 && LONG_PAGE_S % seconds === 0);
}
