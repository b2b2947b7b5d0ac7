/** What a request returns and how large that is: the same goods, search or order always give the same. */

import { productNumber } from './entities.ts';
import { deriveKey, mix, skewedInt, uniformInt, unit } from './hash.ts';
import { products } from './sample-data.ts';

/** So many products are on a page of the catalogue, and of the results of a search. */
const PAGE_SIZE = 18;
/** How many pages the catalogue has. */
export const PAGES = Math.ceil(products.length / PAGE_SIZE);

/** The page of the catalogue that a journey asks for: 1 to `PAGES`, mostly one of the first. */
export const cataloguePage = (journey: number): number => skewedInt(deriveKey(journey, 26), 1, PAGES);

/** Size of a page without its products, and of one of them in it, in bytes. */
const EMPTY_PAGE_BYTES = 164;
const ITEM_BYTES = { low: 340, high: 470 };
/** Share of the searches that find nothing. */
const NOTHING_SHARE = 0.03;

/** How many products a search finds, 0 to 130. */
export function hits(words: string): number {
  const key = keyOf(words);
  return unit(key) < NOTHING_SHARE ? 0 : skewedInt(deriveKey(key, 1), 2, 130);
}

/** Size of the first page of the results of a search, in bytes. */
export function searchBytes(words: string): number {
  const key = keyOf(words);
  let bytes = EMPTY_PAGE_BYTES;
  for (let item = Math.min(hits(words), PAGE_SIZE) - 1; item >= 0; item--)
    bytes += itemBytes(deriveKey(key, 10 + item));
  return bytes;
}

/** How many products are on a page of the catalogue; on the last one what is left. */
export function itemsOfPage(page: number): number {
  return Math.min(PAGE_SIZE, products.length - (page - 1) * PAGE_SIZE);
}

/** Size of a page of the catalogue, in bytes. */
export function listBytes(page: number): number {
  return LIST_BYTES[page - 1] as number;
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

function itemBytes(key: number): number {
  return uniformInt(key, ITEM_BYTES.low, ITEM_BYTES.high);
}

/** Of each page. */
const LIST_BYTES = Array.from({ length: PAGES }, (_, index) =>
  Array.from({ length: itemsOfPage(index + 1) }, (_, item) => itemBytes(mix(index * PAGE_SIZE + item))).reduce(
    (sum, bytes) => sum + bytes,
    EMPTY_PAGE_BYTES,
  ),
);
