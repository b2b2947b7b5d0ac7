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
].map((agent) => new PackedText(agent));

/** What never changes about a customer. */
export class Customer {
  readonly number: number;
  /** From a network reserved by RFC 5737. */
  readonly address: PackedText;
  /** Browser or app. */
  readonly agent: PackedText;
  readonly city: string;
  /** Last four digits of the card. */
  readonly card: string;
  #email: PackedText | undefined;

  constructor(number: number) {
    const key = mix(number);
    this.number = number;
    // Numbers below 30 are the shop's own machines.
    this.address = new PackedText(`${pick(deriveKey(key, 4), NETWORKS)}.${uniformInt(deriveKey(key, 5), 30, 254)}`);
    this.agent = pickFirstMostly(deriveKey(key, 7), AGENTS);
    this.city = pickFirstMostly(deriveKey(key, 8), cities);
    this.card = String(uniformInt(deriveKey(key, 6), 0, 9999)).padStart(4, '0');
  }

  /** Mail address, which no other customer has, under a domain reserved by RFC 2606. */
  get email(): PackedText {
    this.#email ??= new PackedText(mailAddress(this.number));
    return this.#email;
  }
}

/** Made when first needed: some 2 MB (5 MB where they are written as bytes) once all have come. */
const known: (Customer | undefined)[] = [];

/** The customer of a subject: one in a hundred makes a fifth of all visits, most come rarely. */
export function customerOf(subject: number): Customer {
  const number = userNumber(subject);
  const index = number - FIRST;
  const customer = known[index] ?? new Customer(number);
  known[index] = customer;
  return customer;
}

/** Number of the customer of a subject, 1000 to 9999. */
export function userNumber(subject: number): number {
  const key = deriveKey(subject, 1);
  const x = unit(key);
  // The cube alone would give the very first one 5 % of all visits.
  const rank = Math.floor((COUNT * (254 * x * x * x + secondaryUnit(key))) / 255);
  // 7919 shares no factor with the count: the frequent customers are spread over all numbers.
  return FIRST + ((rank * 7919) % COUNT);
}
