import { expect, test } from 'vitest';
import { BatchQueue } from '../../../supervisor/log/batch-queue.ts';

const batch = (text: string) => ({ lines: text.length / 2, bytes: Buffer.from(text), records: [] });
const texts = ({ batches }: ReturnType<BatchQueue['take']>) => batches.map(({ bytes }) => String(bytes));

test('gives back what it was given, in order', () => {
  const queue = new BatchQueue(100);
  expect(queue.isEmpty).toBe(true);
  for (const text of ['a\n', 'b\nc\n', 'd\n']) expect(queue.push(batch(text))).toBe(true);
  expect(queue.isEmpty).toBe(false);
  expect(texts(queue.take())).toEqual(['a\n', 'b\nc\n', 'd\n']);
  expect(queue.isEmpty).toBe(true);
});

test('from the first that does not fit all are refused and counted, until it is taken', () => {
  const queue = new BatchQueue(6);
  expect(['a\nb\n', 'c\nd\n', 'e\n'].map((text) => queue.push(batch(text)))).toEqual([true, false, false]);
  const taken = queue.take();
  expect(texts(taken)).toEqual(['a\nb\n']);
  expect(taken.dropped).toBe(3);
  expect(queue.push(batch('f\n'))).toBe(true);
  expect(queue.take().dropped).toBe(0);
});

test('in parts: whole batches, at least one, and what was refused comes after the last', () => {
  const queue = new BatchQueue(8);
  for (const text of ['a\nb\n', 'c\n', 'd\n', 'e\n']) queue.push(batch(text));
  expect(queue.bytes).toBe(8);
  const taken = [queue.take(1), queue.take(3)];
  expect(taken.map(texts)).toEqual([['a\nb\n'], ['c\n', 'd\n']]);
  expect(taken.map(({ dropped }) => dropped)).toEqual([0, 1]);
  expect([queue.bytes, queue.isEmpty]).toEqual([0, true]);
});

test('while a part of it waits, what comes is refused too: there is one gap', () => {
  const queue = new BatchQueue(4);
  expect(['a\n', 'b\n', 'c\n'].map((text) => queue.push(batch(text)))).toEqual([true, true, false]);
  expect(queue.take(1).dropped).toBe(0);
  expect(queue.push(batch('d\n'))).toBe(false);
  expect(queue.take(1)).toMatchObject({ dropped: 2 });
});

test('one batch above the bound fits an empty queue: it can never be smaller', () => {
  const queue = new BatchQueue(2);
  expect(queue.push(batch('a\nb\nc\n'))).toBe(true);
});
