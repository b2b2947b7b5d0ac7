import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FleetInfo, FleetState } from '../../../shared/page-api.ts';
import type { Level } from '../../../shared/record.ts';
import { eventBatch, toBatch } from '../../../supervisor/log/batch.ts';
import { EventClient } from '../../../supervisor/page/events/event-client.ts';
import { FleetEvents } from '../../../supervisor/page/events/fleet-events.ts';
import { PageSink } from '../../../supervisor/page/page-sink.ts';
import { EventStream } from '../../../supervisor/page/stream/event-stream.ts';
import { Streams } from '../../../supervisor/page/stream/streams.ts';
import { FakeResponse } from '../../tools/stream-response.ts';

const NOW = Date.parse('2026-11-01T12:00:00Z');

beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ['performance', 'Date', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

const service = {
  name: 'api',
  logName: 'ApiService',
  state: 'up',
  pid: 1,
  uptimeMs: 0,
  restarts: 0,
  ratio: 2,
  lines: 0,
  linesSinceChange: 0,
  badSinceChange: 0,
  nextTryAt: null,
  lastExit: null,
} as const;

class FakeFleet {
  readonly sink = new PageSink([service]);
  ratios: Readonly<Record<string, number>> = { api: 2 };
  lines = 0;
  readonly events = new FleetEvents(
    () => ({ pid: 7 }) as FleetInfo,
    (): FleetState => ({
      now: Date.now(),
      services: [{ ...service, lines: this.lines++, uptimeMs: this.lines }],
      ratios: this.ratios,
      inEffect: this.ratios,
      incidents: [],
    }),
    this.sink,
  );
  readonly streams = new Streams(() => this.events.collect());

  open() {
    const response = new FakeResponse();
    const remove = this.streams.add(new EventClient(new EventStream(response), this.events));
    const types = () => response.events.map(({ type }) => type);
    return { response, remove, types, last: () => response.events.at(-1)?.data };
  }

  write(level: Level, msg = 'a line'): void {
    const number = level === 'ERROR' ? 50 : 30;
    this.sink.write(toBatch({ level: number, time: Date.now(), service: 'ApiService', msg }));
  }
}

describe('a client is sent', () => {
  test('first everything up to now, and then none of it again', () => {
    const fleet = new FakeFleet();
    fleet.write('ERROR');
    fleet.sink.write(eventBatch('INFO', 'api is up'));
    const { response, types } = fleet.open();
    expect(types()).toEqual(['snapshot']);
    expect(response.events[0]?.data).toMatchObject({
      fleet: { pid: 7 },
      state: { ratios: { api: 2 } },
      history: [{ at: NOW, counts: { api: [0, 0, 1] } }],
      marks: [{ at: NOW, level: 'INFO', text: 'api is up' }],
    });
    vi.advanceTimersByTime(750);
    expect(types()).toEqual(['snapshot']);
  });

  test('a change of a ratio within a quarter of a second, and numbers of lines each second', () => {
    const fleet = new FakeFleet();
    const { types, last } = fleet.open();
    vi.advanceTimersByTime(500);
    fleet.ratios = { api: 8 };
    vi.advanceTimersByTime(250);
    expect(types()).toEqual(['snapshot', 'state']);
    expect(last()).toMatchObject({ ratios: { api: 8 } });
    vi.advanceTimersByTime(5_000);
    expect(types()).toEqual(['snapshot', ...Array(6).fill('state')]);
  });

  test('lines of each second and marks, also those that a blind log leaves out, in order', () => {
    const fleet = new FakeFleet();
    const { response } = fleet.open();
    fleet.write('INFO');
    fleet.sink.writeUntold(eventBatch('INFO', 'Ratios changed'));
    vi.advanceTimersByTime(250);
    fleet.write('ERROR');
    vi.advanceTimersByTime(250);
    expect(response.events.slice(1)).toEqual([
      { type: 'counts', data: { at: NOW, counts: { api: [1, 0, 0] } } },
      { type: 'mark', data: { at: NOW, level: 'INFO', text: 'Ratios changed' } },
      { type: 'counts', data: { at: NOW, counts: { api: [1, 0, 1] } } },
    ]);
    expect(fleet.sink.lines.end.line).toBe(2);
  });

  test('the same as another one that came earlier', () => {
    const fleet = new FakeFleet();
    const first = fleet.open();
    vi.advanceTimersByTime(100);
    fleet.write('INFO');
    fleet.sink.write(eventBatch('INFO', 'a mark'));
    const second = fleet.open();
    vi.advanceTimersByTime(1_000);
    expect(first.types().filter((type) => type === 'mark')).toHaveLength(1);
    expect(second.types()).not.toContain('mark');
    expect(second.response.events[0]?.data.marks).toHaveLength(1);
  });

  test('the reason, and nothing more, when the fleet stops', () => {
    const fleet = new FakeFleet();
    const { response, types } = fleet.open();
    fleet.sink.write(eventBatch('INFO', 'Fleet stopped'));
    fleet.streams.end('SIGINT');
    expect(types()).toEqual(['snapshot', 'mark', 'end']);
    expect(response.events.at(-1)?.data).toEqual({ reason: 'SIGINT' });
    expect(response.isEnded).toBe(true);
    vi.advanceTimersByTime(10_000);
    expect(types()).toHaveLength(3);
    expect(fleet.streams.refusal).toBe('the fleet has stopped');
  });
});

describe('a client that does not read', () => {
  test('loses events, and is sent a snapshot when it has read what waited', () => {
    const fleet = new FakeFleet();
    const { response, types } = fleet.open();
    response.isReading = false;
    const marks = (count: number) => {
      for (let index = 0; index < count; index++) fleet.sink.write(eventBatch('INFO', 'x'.repeat(1_000)));
      vi.advanceTimersByTime(250);
    };
    for (let tick = 0; tick < 10; tick++) marks(100);
    const waiting = response.writableLength;
    expect(waiting).toBeGreaterThan(262_144);
    expect(waiting).toBeLessThan(400_000);
    for (let tick = 0; tick < 100; tick++) marks(10);
    expect(response.writableLength).toBe(waiting);
    response.read();
    response.isReading = true;
    vi.advanceTimersByTime(250);
    expect(types().at(-1)).toBe('snapshot');
    expect(response.events.at(-1)?.data.marks).toHaveLength(1_000);
    marks(1);
    expect(types().slice(-1)).toEqual(['mark']);
  });

  test('does not keep another one waiting', () => {
    const fleet = new FakeFleet();
    const slow = fleet.open();
    slow.response.isReading = false;
    const other = fleet.open();
    for (let tick = 0; tick < 300; tick++) {
      fleet.sink.write(eventBatch('INFO', 'x'.repeat(10_000)));
      vi.advanceTimersByTime(250);
    }
    expect(other.types().filter((type) => type === 'mark')).toHaveLength(300);
    expect(slow.response.writableLength).toBeLessThan(400_000);
  });
});

test('there are 50 streams at most, and a new one when one has gone', () => {
  const fleet = new FakeFleet();
  const opened = Array.from({ length: 50 }, () => fleet.open());
  expect(fleet.streams.refusal).toBe('50 streams are open, which is the most; close a page');
  opened[0]?.remove();
  expect(fleet.streams.refusal).toBeUndefined();
});

test('without a client no timer runs', () => {
  const fleet = new FakeFleet();
  expect(vi.getTimerCount()).toBe(0);
  const { remove } = fleet.open();
  expect(vi.getTimerCount()).toBe(1);
  remove();
  expect(vi.getTimerCount()).toBe(0);
});

test('a mark of a crash that never ends does not grow beyond 1,000', () => {
  const { sink } = new FakeFleet();
  for (let count = 0; count < 3_000; count++) sink.write(eventBatch('WARNING', `api died ${count}`));
  expect(sink.marks.all(Date.now())).toHaveLength(1_000);
  expect(sink.marks.takeNew()).toHaveLength(1_000);
  expect(sink.marks.all(Date.now()).at(-1)?.text).toBe('api died 2999');
  expect(sink.marks.all(Date.now() + 901_000)).toEqual([]);
});
