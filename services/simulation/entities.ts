/**
 * The product and the ids of a journey. Everything derives from keys, so all services write about the same goods and ids:
 * the key of a visit, or that of a journey.
 */

import { deriveKey, secondaryUnit, unit } from './hash.ts';
import { type Product, products, searches } from './sample-data.ts';

const CARRIERS = ['dhl', 'ups', 'dpd', 'postnl', 'gls'] as const;
const WAREHOUSES = ['ams-1', 'ams-2', 'ber-1', 'lis-1', 'waw-1'] as const;
const QUERIES = searches.map((words) => words.replaceAll(' ', '+'));

/** One item of a list, each with the same probability. */
export function pick<T>(key: number, from: readonly T[]): T {
  return from[Math.floor(unit(key) * from.length)] as T;
}

/**
 * Index below `count`; low ones are more frequent: the square of a uniform draw, blurred a little so that the very first
 * does not stand out.
 */
function zipfLikeIndex(key: number, count: number): number {
  const x = unit(key);
  return Math.floor(count * ((255 * x * x + secondaryUnit(key)) / 256));
}

/** One item of a list, of which the first are the most frequent. */
export function pickFirstMostly<T>(key: number, from: readonly T[]): T {
  return from[zipfLikeIndex(key, from.length)] as T;
}

/** Number of the product, from 0. */
export function productNumber(subject: number): number {
  return (zipfLikeIndex(deriveKey(subject, 10), products.length) * 101) % products.length;
}

const ordered = (subject: number): Product => products[productNumber(subject)] as Product;

/** Name of the product. */
export const product = (subject: number): string => ordered(subject).name;
/** Number in the stock-keeping unit of the product. */
export const skuNumber = (subject: number): number => 10_000 + productNumber(subject) * 37;
/** How many of the product are ordered, 1 to 5. */
export const quantity = (subject: number): number => 1 + zipfLikeIndex(deriveKey(subject, 11), 5);
/** Price of the product, as a decimal amount. */
export const price = (subject: number): string => money(ordered(subject).price);
/** Price of all that is ordered, as a decimal amount. */
export const amount = (subject: number): string => money(ordered(subject).price * quantity(subject));
/** What the customer types into the search field. */
export const searchWords = (subject: number): string => pickFirstMostly(deriveKey(subject, 14), searches);
/** The same in the query of a URL. */
export const searchQuery = (subject: number): string => pickFirstMostly(deriveKey(subject, 14), QUERIES);
/** The warehouse that ships the order. */
export const warehouse = (subject: number): string => pick(deriveKey(subject, 12), WAREHOUSES);
/** The carrier that delivers the order. */
export const carrier = (subject: number): string => pick(deriveKey(subject, 13), CARRIERS);
/** Cents as a decimal amount, such as 12.05. */
export function money(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
