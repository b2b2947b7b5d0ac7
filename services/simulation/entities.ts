/**
 * The customer, the product and the ids of a journey. Everything derives from keys, so all services write about the same
 * person and goods. A `subject` is the key of the journey that placed the order, or of the journey itself.
 */

import { deriveKey, hex, mix, secondaryUnit, uniformInt, unit } from './hash.ts';
import { mailAddress } from './mail-address.ts';
import { cities, type Product, products, searches } from './sample-data.ts';

const USERS = 9000;
/** Reserved for documentation by RFC 5737. */
const NETWORKS = ['192.0.2', '198.51.100', '203.0.113'] as const;
/** The most frequent first. */
const AGENTS = [
  'Chrome/142',
  'Safari/26.1',
  'ShopApp-iOS/5.2',
  'ShopApp-Android/5.1',
  'Edg/142',
  'Firefox/145',
  'SamsungBrowser/29',
  'CriOS/142',
  'Chrome/138',
] as const;
const CARRIERS = ['dhl', 'ups', 'dpd', 'postnl', 'gls'] as const;
const WAREHOUSES = ['ams-1', 'ams-2', 'ber-1', 'lis-1', 'waw-1'] as const;

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
function pickFirstMostly<T>(key: number, from: readonly T[]): T {
  return from[zipfLikeIndex(key, from.length)] as T;
}

/** Number of the customer, 1000 to 9999: a few come often, most rarely. */
export function userNumber(subject: number): number {
  // 7919 shares no factor with the count: the frequent customers are spread over all numbers.
  return 1000 + ((zipfLikeIndex(deriveKey(subject, 1), USERS) * 7919) % USERS);
}

function customer(subject: number): number {
  return mix(userNumber(subject));
}

/** Mail address of the customer, which no other has, under a domain reserved by RFC 2606. */
export function email(subject: number): string {
  return mailAddress(userNumber(subject));
}

function address(key: number): string {
  // Numbers below 30 are the shop's own machines.
  return `${pick(deriveKey(key, 4), NETWORKS)}.${uniformInt(deriveKey(key, 5), 30, 254)}`;
}

/** IP address of the customer, from a network reserved by RFC 5737. */
export const customerAddress = (subject: number): string => address(customer(subject));
/** Last four digits of the customer's card. */
export const card = (subject: number): string =>
  String(uniformInt(deriveKey(customer(subject), 6), 0, 9999)).padStart(4, '0');
/** Browser or app of the customer. */
export const agent = (subject: number): string => pickFirstMostly(deriveKey(customer(subject), 7), AGENTS);
/** City of the customer. */
export const city = (subject: number): string => pickFirstMostly(deriveKey(customer(subject), 8), cities);
/** Session id of the journey with that key. */
export const session = (key: number): string => `ses_${hex(deriveKey(key, 9))}`;

function productIndex(subject: number): number {
  return (zipfLikeIndex(deriveKey(subject, 10), products.length) * 101) % products.length;
}

const ordered = (subject: number): Product => products[productIndex(subject)] as Product;

/** Name of the product. */
export const product = (subject: number): string => ordered(subject).name;
/** Stock-keeping unit of the product. */
export const sku = (subject: number): string => `SKU-${10_000 + productIndex(subject) * 37}`;
/** How many of the product are ordered, 1 to 5. */
export const quantity = (subject: number): number => 1 + zipfLikeIndex(deriveKey(subject, 11), 5);
/** Price of the product, as a decimal amount. */
export const price = (subject: number): string => money(ordered(subject).price);
/** Price of all that is ordered, as a decimal amount. */
export const amount = (subject: number): string => money(ordered(subject).price * quantity(subject));
/** What the customer types into the search field. */
export const searchWords = (subject: number): string => pickFirstMostly(deriveKey(subject, 14), searches);
/** The warehouse that ships the order. */
export const warehouse = (subject: number): string => pick(deriveKey(subject, 12), WAREHOUSES);
/** The carrier that delivers the order. */
export const carrier = (subject: number): string => pick(deriveKey(subject, 13), CARRIERS);
/** An id with the prefix `kind` that belongs to the order or journey. */
export const idOf = (kind: string, subject: number, salt: number): string => `${kind}_${hex(deriveKey(subject, salt))}`;

/** Cents as a decimal amount, such as 12.05. */
export function money(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
