import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EventStream } from '../../../supervisor/page/stream/event-stream.ts';
import { LineRing } from '../../../supervisor/page/tail/line-ring.ts';
import { TailClient } from '../../../supervisor/page/tail/tail-client.ts';
import { FakeResponse } from '../../tools/stream-response.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

function push(ring: LineRing, count: number, text = 'line'): void {
  const from = ring.end.line;
  const lines = Array.from({ length: count }, (_, index) => `${text} ${from + index}\n`);
  ring.push({ lines: count, bytes: Buffer.from(lines.join('')), records: [] });
}

async function open(ring: LineRing, past = 0, filter?: (line: string) => boolean) {
  const response = new FakeResponse();
  const client = new TailClient(new EventStream(response), ring, { filter, past });
  const lines = () => response.events.flatMap(({ data }) => data.lines as string[]);
  const skipped = () => response.events.reduce((sum, { data }) => sum + data.skipped, 0);
  await vi.waitFor(() => expect(response.events).toHaveLength(1));
  return { client, response, lines, skipped };
}

const isEven = (line: string) => Number(line.split(' ')[1]) % 2 === 0;

describe('the past', () => {
  test.each([
    ['nothing of it', 0, undefined, []],
    ['the last lines', 3, undefined, ['line 497', 'line 498', 'line 499']],
    ['the last lines that pass', 2, isEven, ['line 496', 'line 498']],
    [
      'what there is',
      1_000,
      (line: string) => /line \d\d00?$/.test(line),
      ['line 100', 'line 200', 'line 300', 'line 400'],
    ],
    ['nothing that passes', 5, () => false, []],
  ] as const)('%s', async (_, past, filter, expected) => {
    const ring = new LineRing(100_000);
    push(ring, 500);
    const { lines, skipped } = await open(ring, past, filter);
    const found = lines().filter((line) => past < 1_000 || line.endsWith('00'));
    expect(found).toEqual(expected);
    expect(skipped()).toBe(0);
  });

  test('comes before what is written while it is looked for, and nothing is sent twice', async () => {
    const ring = new LineRing(1_000_000);
    push(ring, 20_000);
    const opening = open(ring, 1, (line) => line === 'line 0' || line === 'line 20000');
    push(ring, 1);
    const { client, lines } = await opening;
    client.tick();
    client.tick();
    expect(lines()).toEqual(['line 0', 'line 20000']);
  });

  test('of long lines has a megabyte at most, but one line at least', async () => {
    const ring = new LineRing(16_000_000);
    for (let count = 0; count < 5; count++) push(ring, 1, 'x'.repeat(400_000));
    expect((await open(ring, 100)).lines()).toHaveLength(2);
    push(ring, 1, 'x'.repeat(3_000_000));
    expect((await open(ring, 100)).lines()).toHaveLength(1);
  });
});

describe('the present', () => {
  test('lines of a quarter of a second beyond 300 are counted as skipped', async () => {
    const ring = new LineRing(1_000_000);
    const { client, lines, skipped } = await open(ring);
    push(ring, 299);
    client.tick();
    expect(skipped()).toBe(0);
    push(ring, 5_001);
    client.tick();
    expect(lines()).toHaveLength(599);
    expect(lines().at(-1)).toBe('line 598');
    expect(skipped()).toBe(4_701);
    push(ring, 1);
    client.tick();
    expect(lines().at(-1)).toBe('line 5300');
  });

  test('with a filter only those that pass are counted', async () => {
    const ring = new LineRing(1_000_000);
    const { client, lines, skipped } = await open(ring, 0, isEven);
    push(ring, 1_000);
    client.tick();
    expect(lines()).toHaveLength(300);
    expect(skipped()).toBe(200);
  });

  test('lines of 256 KB at most are sent at once', async () => {
    const ring = new LineRing(16_000_000);
    const { client, lines, skipped } = await open(ring);
    push(ring, 10, 'x'.repeat(100_000));
    client.tick();
    expect(lines()).toHaveLength(3);
    expect(skipped()).toBe(7);
  });

  test('lines that went before they were looked at are counted too', async () => {
    const ring = new LineRing(10_000);
    const { client, lines, skipped } = await open(ring);
    push(ring, 100);
    for (let count = 0; count < 50; count++) push(ring, 100);
    client.tick();
    expect(lines().length + skipped()).toBe(5_100);
  });

  test('a client that does not read is sent no more, and then told how many it has missed', async () => {
    const ring = new LineRing(1_000_000);
    const { client, response, lines, skipped } = await open(ring);
    response.isReading = false;
    for (let tick = 0; tick < 40; tick++) {
      push(ring, 300, 'x'.repeat(100));
      client.tick();
    }
    const waiting = response.writableLength;
    expect(waiting).toBeLessThan(600_000);
    for (let tick = 0; tick < 40; tick++) {
      push(ring, 300, 'x'.repeat(100));
      client.tick();
    }
    expect(response.writableLength).toBe(waiting);
    response.read();
    response.isReading = true;
    push(ring, 1);
    client.tick();
    expect(lines().length + skipped()).toBe(24_001);
  });
});

test('while there is nothing to send, a heartbeat comes every five seconds at least', async () => {
  const ring = new LineRing(10_000);
  const { client, response } = await open(ring);
  let last = performance.now();
  for (let beats = 0; beats < 5; ) {
    vi.advanceTimersByTime(250);
    client.tick();
    expect(performance.now() - last).toBeLessThanOrEqual(5_000);
    if (response.heartbeats === beats) continue;
    beats++;
    last = performance.now();
  }
});

test('after its end nothing is sent', async () => {
  const ring = new LineRing(10_000);
  const { client, response } = await open(ring);
  client.end();
  push(ring, 1);
  client.tick();
  expect(response.isEnded).toBe(true);
  expect(response.events).toHaveLength(1);
});
