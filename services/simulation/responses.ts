/** What a request returns and how large that is: the same goods, search or order always give the same. */

import { productNumber } from './entities.ts';
import { deriveKey, mix, skewedInt, uniformInt, unit } from './hash.ts';

/** So many results of a search are returned at most; there may be more. */
const MAX_RESULTS = 24;
/** Share of the searches that find nothing. */
const NOTHING_SHARE = 0.03;

/** How many products a search finds, 0 to 340. */
export function hits(words: string): number {
  const key = keyOf(words);
  return unit(key) < NOTHING_SHARE ? 0 : skewedInt(deriveKey(key, 1), 2, 340);
}

/** Size of the results of a search, in bytes. */
export function searchBytes(words: string): number {
  return 164 + Math.min(hits(words), MAX_RESULTS) * uniformInt(deriveKey(keyOf(words), 2), 380, 460);
}

/** Size of a page of the catalogue, in bytes. */
export function listBytes(page: number): number {
  return uniformInt(mix(page), 8600, 15_400);
}

/** Size of what is known of a product, in bytes. */
export function productBytes(goods: number): number {
  return skewedInt(mix(productNumber(goods)), 1080, 3100);
}

/** Size of an order, in bytes. */
export function orderBytes(order: number): number {
  return skewedInt(mix(order), 540, 1700);
}

function keyOf(words: string): number {
  let key = 0;
  for (let i = 0; i < words.length; i++) key = mix(key ^ words.charCodeAt(i));
  return key;
}
