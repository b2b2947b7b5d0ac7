import { expect, test } from 'vitest';
import { findNotPlain } from '../../../../services/definition/user-modules/plain-data.ts';
import shipping from '../../../fixtures/shipping.js';

const shared = ['a', 'b'];

test.each([
  ['a definition', shipping],
  ['nothing', undefined],
  ['null', null],
  ['numbers', [0, -1.5, Number.NaN]],
  ['an object without a prototype', Object.assign(Object.create(null), { text: 'x' })],
  ['the same list twice', { words: shared, more: [shared, shared] }],
])('%s is plain', (_, value) => {
  expect(findNotPlain(value, 'the default export')).toBeUndefined();
});

class Draw {}
const circle: unknown[] = [];
circle.push({ again: circle });

test.each([
  ['a function', () => {}, /^the default export: a function is not plain data; use objects, lists, /],
  ['a promise', Promise.resolve(1), /^the default export: an object of class Promise is not plain data; /],
  ['a function in a list', { steps: { order: [1, () => {}] } }, /^steps\.order\[1\]: a function is not /],
  ['an object of a class', { with: { n: new Draw() } }, /^with\.n: an object of class Draw is not /],
  ['a date', { a: new Date(0) }, /^a: an object of class Date is not /],
  ['an object made from another', { a: Object.create({}) }, /^a: an object with inherited fields is not /],
  ['a symbol', { a: Symbol('x') }, /^a: a symbol is not /],
  ['a bigint', { a: 1n }, /^a: a bigint is not /],
  ['a list that contains itself', { a: circle }, /^a\[0\]\.again: contains itself; write it out$/],
])('%s is not plain', (_, value, message) => {
  expect(findNotPlain(value, 'the default export')).toMatch(message);
});
