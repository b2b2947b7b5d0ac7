/**
 * The mail addresses of the customers: first and last name of one origin, with a year in some of them, and never the same
 * for two customers.
 */

import { deriveKey, mix, uniformInt, unit } from './hash.ts';
import { firstNames, lastNames } from './sample-data.ts';

/** Reserved by RFC 2606. */
const DOMAINS = ['example.com', 'example.org', 'example.net'] as const;
const FIRST_NAMES = 20;
const LAST_NAMES = 30;
const PAIRS = firstNames.length * FIRST_NAMES * LAST_NAMES;
/** Root of the number of persons: 8 origins, 20 first names, 30 last names, and as many namesakes as domains. */
const SIDE = 120;
const OLDEST = 1950;
const YEARS = 56;

interface Person {
  readonly first: string;
  readonly last: string;
  /** Of the first name. */
  readonly initial: string;
  /** Year of birth, in two or four digits. */
  readonly year: string;
  /** The year, or nothing for the first customer of an initial and a last name. */
  readonly yearIfTaken: string;
}

/** In percent; together 100. */
const SHAPES: readonly (readonly [share: number, shape: (person: Person) => string])[] = [
  [30, ({ first, last }) => `${first}.${last}`],
  [12, ({ first, last }) => `${first}${last}`],
  [6, ({ first, last }) => `${last}.${first}`],
  [4, ({ first, last }) => `${first}_${last}`],
  [11, ({ first, last, year }) => `${first}.${last}${year}`],
  [9, ({ first, last, year }) => `${first}${last}${year}`],
  [4, ({ first, last, year }) => `${last}.${first}${year}`],
  [14, ({ initial, last, yearIfTaken }) => `${initial}.${last}${yearIfTaken}`],
  [10, ({ initial, last, yearIfTaken }) => `${initial}${last}${yearIfTaken}`],
];
const SHAPE_OF_PERCENT = SHAPES.flatMap(([share, shape]) => Array<typeof shape>(share).fill(shape));

/** For each first name, whether it is the first of its origin with its initial. */
const IS_FIRST_WITH_INITIAL = firstNames.map((row) =>
  row.map((name, index) => row.findIndex((other) => other[0] === name[0]) === index),
);

/** Mail address of the customer with that number; unique below 14,400. */
export function mailAddress(customer: number): string {
  const key = mix(customer);
  const person = permute(customer);
  const pair = person % PAIRS;
  // Those with the same name have different domains.
  const domain = DOMAINS[(Math.floor(person / PAIRS) + smallHash(mix(pair))) % DOMAINS.length];
  const shape = SHAPE_OF_PERCENT[uniformInt(deriveKey(key, 1), 0, 99)] as (typeof SHAPES)[number][1];
  return `${shape(personOf(pair, unit(deriveKey(key, 2)) < 0.3))}@${domain}`;
}

function personOf(pair: number, inFourDigits: boolean): Person {
  const lastName = Math.floor(pair / FIRST_NAMES);
  const origin = Math.floor(lastName / LAST_NAMES);
  const index = pair % FIRST_NAMES;
  const first = firstNames[origin]?.[index] as string;
  // All first names have different years with the same last name: 13 shares no factor with the number of years.
  const born = OLDEST + ((smallHash(mix(lastName)) + 13 * index) % YEARS);
  const year = inFourDigits ? String(born) : String(born % 100).padStart(2, '0');
  return {
    first,
    last: lastNames[origin]?.[lastName % LAST_NAMES] as string,
    initial: first[0] as string,
    year,
    yearIfTaken: IS_FIRST_WITH_INITIAL[origin]?.[index] ? '' : year,
  };
}

/** 24 bits of a key: remainders of small integers are computed without floating point. */
const smallHash = (key: number): number => key >>> 8;

/** A permutation of the numbers below 14,400 (a Feistel network): neighbours in number have nothing in common. */
function permute(number: number): number {
  let left = Math.floor(number / SIDE) % SIDE;
  let right = number % SIDE;
  for (let round = 0; round < 4; round++) {
    const next = (left + smallHash(deriveKey(right, round))) % SIDE;
    left = right;
    right = next;
  }
  return left * SIDE + right;
}
