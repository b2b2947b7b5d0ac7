/** The customers of the shop. */

import { pick, pickFirstMostly } from './entities.ts';
import { deriveKey, mix, secondaryUnit, uniformInt, unit } from './hash.ts';
import { mailAddress } from './mail-address.ts';
import { cities } from './sample-data.ts';
import { PackedText } from './text-buffer.ts';

const COUNT = 9000;
/** Number of the first one. */
const FIRST = 1000;
/** Reserved for documentation by RFC 5737. */
const NETWORKS = ['192.0.2.', '198.51.100.', '203.0.113.'].map((network) => new PackedText(network));
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
].map((agent) => new PackedText(agent));

/** Browser or app of the customer with that number. */
export const agentOf = (customer: number): PackedText => pickFirstMostly(deriveKey(mix(customer), 7), AGENTS);
/** The address is that of a network reserved by RFC 5737 … */
export const networkOf = (customer: number): PackedText => pick(deriveKey(mix(customer), 4), NETWORKS);
/** … and a host in it; numbers below 30 are the shop's own machines. */
export const hostOf = (customer: number): number => uniformInt(deriveKey(mix(customer), 5), 30, 254);
/** Home town. */
export const cityOf = (customer: number): string => pickFirstMostly(deriveKey(mix(customer), 8), cities);
/** Last four digits of the card. */
export const cardOf = (customer: number): string =>
  String(uniformInt(deriveKey(mix(customer), 6), 0, 9999)).padStart(4, '0');

/** Made when first needed: 1 MB (3 MB where they are written as bytes) once all have come. */
const emails: (PackedText | undefined)[] = [];

/** Mail address, which no other customer has, under a domain reserved by RFC 2606. */
export function emailOf(customer: number): PackedText {
  const index = customer - FIRST;
  const email = emails[index] ?? new PackedText(mailAddress(customer));
  emails[index] = email;
  return email;
}

/** Number of the customer of a subject, 1000 to 9999: one in a hundred makes a fifth of all visits, most come rarely. */
export function userNumber(subject: number): number {
  const key = deriveKey(subject, 1);
  const x = unit(key);
  // The cube alone would give the very first one 5 % of all visits.
  const rank = Math.floor((COUNT * (254 * x * x * x + secondaryUnit(key))) / 255);
  // 7919 shares no factor with the count: the frequent customers are spread over all numbers.
  return FIRST + ((rank * 7919) % COUNT);
}
