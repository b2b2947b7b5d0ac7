import type { ParsedValue } from '../parse-text.ts';

/** True for a value that is always a number, so that others can be computed from it. */
export function isNumeric(value: ParsedValue): boolean {
  if (value.kind === 'oneOf') return value.items.every((item) => typeof item === 'number');
  return value.kind !== 'hex';
}

/** The least and the greatest of its values, if all are whole numbers from 0; otherwise undefined. */
export function wholeNumbersOf(value: ParsedValue | undefined): readonly [low: number, high: number] | undefined {
  const all = numbersOf(value);
  const areWhole = all.length > 0 && all.every((number) => Number.isSafeInteger(number) && (number as number) >= 0);
  return areWhole ? [Math.min(...(all as number[])), Math.max(...(all as number[]))] : undefined;
}

/** The values, or the bounds between which they are; none for one that is not drawn as a whole number. */
function numbersOf(value: ParsedValue | undefined): readonly unknown[] {
  switch (value?.kind) {
    case 'constant':
      return [value.value];
    case 'range':
    case 'skewed':
      return [value.low, value.high];
    case 'oneOf':
      return value.items;
    default:
      return [];
  }
}
