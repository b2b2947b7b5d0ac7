import { describe, expect, test } from 'vitest';
import { Texts } from '../measures/texts.ts';
import { figuresIn, line } from './hand-made.ts';

const word = (index: number) => `${'kmnpqrstuvw'[index % 11]}${'xyz'[Math.floor(index / 11)]}`;

test('templates are counted in each service', () => {
  const lines = [line('took 1 ms'), line('took 2 ms'), line('done'), line('done', { service: 'AuthService' })];
  expect(figuresIn('templates', new Texts(), lines)).toEqual([1, 2]);
  expect(figuresIn('templatesInAll', new Texts(), lines)).toEqual([3]);
});

test('the share of the most frequent twenty', () => {
  const lines = Array.from({ length: 25 }, (_, index) => line(word(index)));
  expect(figuresIn('topTemplates', new Texts(), lines)).toEqual([0.8, 0.8]);
});

describe('the next text of a request', () => {
  const request = (id: number, second: string, service?: string) => [
    line('begin', { request: String(id), at: id }),
    line(second, { request: String(id), at: id, ...(service && { service }) }),
  ];

  test('is certain when it is always the same', () => {
    const lines = [0, 1, 2, 3].flatMap((id) => request(id, 'end'));
    expect(figuresIn('nextTemplate', new Texts(), lines)).toEqual([0]);
  });

  test('is worth a bit when it is one of two', () => {
    const lines = [0, 1, 2, 3].flatMap((id) => request(id, id % 2 === 0 ? 'end' : 'failed'));
    expect(figuresIn('nextTemplate', new Texts(), lines)[0]).toBeCloseTo(1, 12);
  });

  test('is sought in the same service and request, within minutes', () => {
    const otherService = request(0, 'end', 'AuthService');
    expect(figuresIn('nextTemplate', new Texts(), otherService)[0]).toBeNaN();
    const otherRequest = [line('begin', { request: '1' }), line('end', { request: '2' })];
    expect(figuresIn('nextTemplate', new Texts(), otherRequest)[0]).toBeNaN();
    const late = [0, 700, 1400].map((at) => line('begin', { request: at === 700 ? '2' : '1', at }));
    expect(figuresIn('nextTemplate', new Texts(), late)[0]).toBeNaN();
  });
});
