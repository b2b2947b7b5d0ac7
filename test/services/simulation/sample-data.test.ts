import { expect, test } from 'vitest';
import { emailOf, userNumber } from '../../../services/simulation/customers.ts';
import { money } from '../../../services/simulation/entities.ts';
import { keyAt } from '../../../services/simulation/hash.ts';
import { mailAddress } from '../../../services/simulation/mail-address.ts';
import { cities, firstNames, lastNames, products, searches } from '../../../services/simulation/sample-data.ts';

const productNames = products.map(({ name }) => name);
/** Of the numbers below it, no two have the same mail address. */
const CUSTOMERS = 14_400;
const addresses = Array.from({ length: CUSTOMERS }, (_, customer) => mailAddress(customer));

test.each([
  ['products', productNames, 240],
  ['searches', searches, 120],
  ['cities', cities, 80],
  ['first names', firstNames.flat(), 160],
  ['last names', lastNames.flat(), 240],
])('%s are complete and occur once', (_, entries, count) => {
  expect(entries).toHaveLength(count);
  expect(entries.filter((entry, i) => entries.indexOf(entry) !== i)).toEqual([]);
});

test.each([
  ['product names', productNames, /^(?=.{5,40}$)[A-Z][A-Za-z0-9]*([ /'.:,-]+[A-Za-z0-9]+)*$/],
  ['searches', searches, /^(?=.{4,30}$)[a-z0-9]+([ -][a-z0-9]+)*$/],
  ['cities', cities, /^[A-Z][a-z]+( [A-Z][a-z]+)*$/],
  ['first names', firstNames.flat(), /^[a-z]{2,12}$/],
  ['last names', lastNames.flat(), /^[a-z]{2,12}$/],
])('%s have only characters that every field of the log allows', (_, entries, allowed) => {
  expect(entries.filter((entry) => !allowed.test(entry))).toEqual([]);
});

test('prices end as in a shop; the lowest is more than what payments may differ by, 4 EUR', () => {
  const odd = products.filter(
    ({ price }) => !(price >= 495 && price <= 25_000 && /[.](95|90|50|00)$/.test(money(price))),
  );
  expect(odd).toEqual([]);
});

test('each origin has as many first names, and as many last names', () => {
  expect(firstNames.map((row) => row.length)).toEqual(lastNames.map(() => 20));
  expect(lastNames.map((row) => row.length)).toEqual(firstNames.map(() => 30));
});

test('mail addresses cannot be real, differ in shape, and belong to one customer each', () => {
  expect(addresses.filter((it) => !/^[a-z]+[._]?[a-z]+(\d\d|\d{4})?@example\.(com|org|net)$/.test(it))).toEqual([]);
  expect(new Set(addresses).size).toBe(CUSTOMERS);
  const share = (shape: RegExp) => addresses.filter((address) => shape.test(address)).length / CUSTOMERS;
  expect(share(/\d@/)).toBeGreaterThan(0.2);
  expect(share(/\d@/)).toBeLessThan(0.4);
  expect(share(/^[a-z]\./)).toBeGreaterThan(0.1);
  expect(share(/^[a-z]{2,}\.[a-z]{2,}@/)).toBeGreaterThan(0.25);
  expect(share(/^[a-z]+\d*@/)).toBeGreaterThan(0.2);
});

test('the number in a mail address says nothing about the number of its customer', () => {
  const numbered = [...addresses.entries()].filter(([, address]) => /\d@/.test(address));
  const same = numbered.filter(([customer, address]) => Number(/(\d\d)@/.exec(address)?.[1]) === customer % 100);
  expect(same.length / numbered.length).toBeLessThan(0.03);
});

test('a customer keeps the mail address of the customer number', () => {
  for (let i = 0; i < 10_000; i++) {
    const subject = keyAt(1, i);
    const number = userNumber(subject);
    expect(number).toBeLessThan(CUSTOMERS);
    expect(emailOf(number).text).toBe(addresses[number]);
  }
});
