import { describe, expect, test } from 'vitest';
import { SseParser } from '../../../../supervisor/page/browser/net/sse-parser.ts';

const STREAM = [
  ': a comment keeps it alive\n\n',
  'event: snapshot\ndata: {"a":"ä→🙂"}\n\n',
  'event: state\r\ndata:{"b":2}\r\n\r\n',
  'id: 7\nretry: 100\ndata: first\ndata: second\n\n',
  'event: without-data\n\n',
  'data\n\n',
  'data: not complete\n',
].join('');

const EVENTS = [
  { type: 'snapshot', data: '{"a":"ä→🙂"}' },
  { type: 'state', data: '{"b":2}' },
  { type: 'message', data: 'first\nsecond' },
  { type: 'message', data: '' },
];

describe('reads the events of a stream', () => {
  test('in one chunk', () => {
    expect(new SseParser().push(STREAM)).toEqual(EVENTS);
  });

  test('in single characters', () => {
    const parser = new SseParser();
    expect([...STREAM].flatMap((character) => parser.push(character))).toEqual(EVENTS);
  });

  test('cut in three at any two places', () => {
    for (let first = 0; first <= STREAM.length; first++) {
      for (let second = first; second <= STREAM.length; second++) {
        const parser = new SseParser();
        const chunks = [STREAM.slice(0, first), STREAM.slice(first, second), STREAM.slice(second)];
        expect(
          chunks.flatMap((chunk) => parser.push(chunk)),
          `cut at ${first} and ${second}`,
        ).toEqual(EVENTS);
      }
    }
  });
});

test('an event is complete only with its empty line', () => {
  const parser = new SseParser();
  expect(parser.push('event: end\ndata: {}\n')).toEqual([]);
  expect(parser.push('\n')).toEqual([{ type: 'end', data: '{}' }]);
});
