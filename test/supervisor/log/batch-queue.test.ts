import { expect, test } from 'vitest';
import { BatchQueue } from '../../../supervisor/log/batch-queue.ts';

const batch = (text: string) => ({ lines: text.length / 2, bytes: Buffer.from(text), records: [] });
const texts = ({ batches }: ReturnType<BatchQueue['take']>) => batches.map(({ bytes }) => String(bytes));

test('returns batches in order', () => {
  const queue = new BatchQueue(100);
  expect(queue.isEmpty).toBe(true);
  for (const text of ['a\n', 'b\nc\n', 'd\n']) queue.push(batch(text));
  expect(queue.isEmpty).toBe(false);
  expect(texts(queue.take())).toEqual(['a\n', 'b\nc\n', 'd\n']);
  expect(queue.isEmpty).toBe(true);
});

test('from the first that does not fit, all are dropped and counted until the queue is taken', () => {
  const queue = new BatchQueue(6);
  for (const text of ['a\nb\n', 'c\nd\n', 'e\n']) queue.push(batch(text));
  const taken = queue.take();
  expect(texts(taken)).toEqual(['a\nb\n']);
  expect(taken.dropped).toBe(3);
  queue.push(batch('f\n'));
  const next = queue.take();
  expect(texts(next)).toEqual(['f\n']);
  expect(next.dropped).toBe(0);
});

test('in parts: whole batches, at least one, and the number of dropped lines with the last', () => {
  const queue = new BatchQueue(8);
  for (const text of ['a\nb\n', 'c\n', 'd\n', 'e\n']) queue.push(batch(text));
  expect(queue.bytes).toBe(8);
  const taken = [queue.take(1), queue.take(3)];
  expect(taken.map(texts)).toEqual([['a\nb\n'], ['c\n', 'd\n']]);
  expect(taken.map(({ dropped }) => dropped)).toEqual([0, 1]);
  expect([queue.bytes, queue.isEmpty]).toEqual([0, true]);
});

test('while a part is queued, further batches are dropped too: there is one gap', () => {
  const queue = new BatchQueue(4);
  for (const text of ['a\n', 'b\n', 'c\n']) queue.push(batch(text));
  expect(queue.take(1).dropped).toBe(0);
  queue.push(batch('d\n'));
  const last = queue.take(1);
  expect(texts(last)).toEqual(['b\n']);
  expect(last.dropped).toBe(2);
});

test('a batch above the bound fits into an empty queue: it will not get smaller', () => {
  const queue = new BatchQueue(2);
  queue.push(batch('a\nb\nc\n'));
  expect(texts(queue.take())).toEqual(['a\nb\nc\n']);
});
