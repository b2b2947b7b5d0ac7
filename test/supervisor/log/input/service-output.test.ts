import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { formatRecord, parseLine } from '../../../../shared/record.ts';
import { PrintTimes } from '../../../../supervisor/log/input/print-times.ts';
import { ServiceOutput } from '../../../../supervisor/log/input/service-output.ts';
import { LineStats } from '../../../../supervisor/process/line-stats.ts';
import { CollectingSink } from '../../../tools/collecting-sink.ts';

afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const sink = new CollectingSink();
  const tally = new LineStats();
  const clock = { now: 1_763_817_494_000 };
  const printTimes = new PrintTimes({ last: undefined, from: () => undefined, now: () => clock.now });
  return { sink, tally, clock, output: new ServiceOutput('ApiService', sink, tally, printTimes) };
}

const record = '{"level":30,"time":1763817493438,"service":"ApiService","trace_id":"t","msg":"hello ü"}';

test('a record becomes its line, and the batch has it as it was', () => {
  const { sink, output } = setUp();
  output.stdout(Buffer.from(`${record}\n`));
  expect(sink.text).toBe('2025-11-22T13:18:13.438Z [INFO] [ApiService]: hello ü\n');
  expect(sink.records).toEqual([record]);
  expect(output.records).toBe(1);
});

test('the mark of a clock that was set back is no line, and records are counted at the time of the world', () => {
  const { sink, tally, output } = setUp();
  const later = record.replace('1763817493438', '1763817490438');
  output.stdout(Buffer.from(`${record}\n{"clockOffsetMs":-3500}\n${later}\n`));
  expect(sink.lines).toHaveLength(2);
  expect(sink.lines[1]).toMatch(/^2025-11-22T13:18:10\.438Z /);
  expect(tally.last).toEqual({ time: 1_763_817_493_938, count: 1 });
  expect({ records: output.records, printed: output.printedBytes }).toEqual({ records: 2, printed: 0 });
});

test.each(['loading ... {"level":1} ', '{"level":20}', '{}', '{'])(
  'a print without a newline before a record is a line of its own: %s',
  (print) => {
    const { sink, tally, output } = setUp();
    output.stdout(Buffer.from(`${print}${record}\n${record}\n`));
    const lines = sink.text.split('\n');
    expect(lines[0]?.slice(24)).toBe(` [WARNING] [ApiService]: ${print}`);
    expect(lines.slice(1)).toEqual([...Array(2).fill('2025-11-22T13:18:13.438Z [INFO] [ApiService]: hello ü'), '']);
    expect(output.records).toBe(2);
    expect(tally.lines).toBe(3);
  },
);

test('any message is one line, wherever the chunks are cut', () => {
  const message = fc.string({
    unit: fc.constantFrom('a', ' ', '"', '\\', '\n', '\u007f', '\u0085', '\u2028', 'ü', '€'),
  });
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 5 }), fc.array(fc.nat({ max: 400 })), (messages, cuts) => {
      const { sink, output } = setUp();
      const records = messages.map(
        (msg) => ({ level: 30, time: 1_763_817_493_438, service: 'ApiService', msg }) as const,
      );
      const bytes = Buffer.from(records.map((it) => `${JSON.stringify(it)}\n`).join(''));
      const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length].map((edge) => Math.min(edge, bytes.length));
      for (const [index, edge] of edges.entries()) output.stdout(bytes.subarray(edges[index - 1] ?? 0, edge));
      expect(sink.text).toBe(records.map((it) => `${formatRecord(it)}\n`).join(''));
    }),
    { numRuns: 500 },
  );
});

test.each(['', 'loading ... '])('a record over 1 MiB, after "%s", is a record with a shorter message', (print) => {
  const { sink, tally, output } = setUp();
  const msg = `begin ${'aü€😀'.repeat(150_000)}`;
  const long = { level: 20, time: 1_763_817_493_438, service: 'ApiService', msg };
  const bytes = Buffer.from(`${print}${JSON.stringify(long)}\n${record}\n`);
  expect(bytes.length).toBeGreaterThan(1_500_000);
  for (let at = 0; at < bytes.length; at += 65_536) output.stdout(bytes.subarray(at, at + 65_536));
  output.end();
  const lines = sink.lines.map(parseLine).slice(print === '' ? 0 : 1);
  const [cut, next] = lines;
  expect(lines).toHaveLength(2);
  expect(cut).toMatchObject({ level: 'DEBUG', time: long.time, service: 'ApiService' });
  const [, kept = 'nothing', cutBytes] = /^(.*) \[cut: (\d+) bytes more\]$/u.exec(cut?.message ?? '') ?? [];
  expect(msg.startsWith(kept)).toBe(true);
  expect(kept.length).toBeGreaterThan(400_000);
  // And the two bytes after the message.
  expect(Number(cutBytes)).toBe(Buffer.byteLength(msg.slice(kept.length)) + 2);
  expect(next?.message).toBe('hello ü');
  expect(JSON.parse(sink.records.at(-2) as string)).toMatchObject({ level: 20, time: long.time, msg: cut?.message });
  expect(output.records).toBe(2);
  expect(tally).toMatchObject({ last: { time: long.time, count: 2 }, badSince: print === '' ? 0 : 1 });
});

test('a record over 1 MiB that a SIGKILL cut off is no line', () => {
  const { sink, output } = setUp();
  output.stdout(Buffer.from(`${record.slice(0, -2)}${'x'.repeat(1_500_000)}`));
  output.end();
  expect(sink.records).toEqual([]);
  expect(output.records).toBe(0);
});

test.each([
  { stream: 'stdout', level: 'WARNING' },
  { stream: 'stderr', level: 'ERROR' },
] as const)('anything but a record on $stream is a line of level $level', ({ stream, level }) => {
  const { sink, output, tally } = setUp();
  output[stream](Buffer.from('listening\n\n   \nan escape \u001b[2J\tand\r\n'));
  output.end();
  expect(sink.lines.map(parseLine)).toMatchObject([
    { level, service: 'ApiService', message: 'listening' },
    { level, service: 'ApiService', message: 'an escape \\u001b[2J\\tand\\u000d' },
  ]);
  expect(sink.records.map((text) => JSON.parse(text).msg)).toEqual(['listening', 'an escape \u001b[2J\tand\r']);
  expect(output.records).toBe(0);
  expect(tally).toMatchObject({ lines: 2, badSince: 2 });
});

test('prints on either stream are in order of time with the records', () => {
  const { sink, clock, output } = setUp();
  output.stderr(Buffer.from('before\n'));
  output.stdout(Buffer.from(`also before\n${record.replace('493438', '494000')}\nbetween\n`));
  output.reached(1, clock.now + 2_000);
  output.stdout(Buffer.from(`after\n${record.replace('493438', '496500')}\n`));
  output.stderr(Buffer.from('at the end'));
  output.end();
  expect(sink.lines.map(parseLine).map((line) => [line?.message, (line?.time ?? 0) - 1_763_817_494_000])).toEqual([
    ['also before', 0],
    ['hello ü', 0],
    ['between', 0],
    ['after', 2_000],
    ['hello ü', 2_500],
    ['before', 2_500],
    ['at the end', 2_500],
  ]);
});

test('a record on stderr is a print', () => {
  const { sink, output } = setUp();
  output.stderr(Buffer.from(`${record}\n`));
  output.end();
  expect(parseLine(sink.lines[0] as string)).toMatchObject({ level: 'ERROR', message: record });
});

test('a last line without a newline is written at the end', () => {
  const { sink, output } = setUp();
  output.stdout(Buffer.from(record));
  output.stderr(Buffer.from('killed'));
  expect(sink.lines).toEqual([]);
  output.end();
  expect(sink.lines).toHaveLength(2);
});

test.each([1, 5, 20, record.length - 1])('a record of which a SIGKILL left %i characters is no line', (length) => {
  const { sink, output, tally } = setUp();
  output.stdout(Buffer.from(`${record}\n${record.slice(0, length)}`));
  output.end();
  expect(sink.records).toEqual([record]);
  expect(output.records).toBe(1);
  expect(tally).toMatchObject({ lines: 1 });
});

test("another logger's last line without a newline is not taken for a truncated record", () => {
  const { sink, output } = setUp();
  output.stdout(Buffer.from('{"level":"info","msg":"bye"}'));
  output.end();
  expect(parseLine(sink.lines[0] as string)).toMatchObject({ message: '{"level":"info","msg":"bye"}' });
});

test('a stack trace in several chunks is one batch', () => {
  vi.useFakeTimers();
  const { sink, output } = setUp();
  for (const piece of ['Error: no\n    at o', 'ne (a.js)\n', '    at two (b.js)\n']) {
    output.stderr(Buffer.from(piece));
    output.stdout(Buffer.from(`${record}\n`));
    vi.advanceTimersByTime(10);
  }
  expect(sink.lines).toHaveLength(3);
  vi.advanceTimersByTime(25);
  expect(sink.lines.slice(3).map((line) => parseLine(line)?.message)).toEqual([
    'Error: no',
    '    at one (a.js)',
    '    at two (b.js)',
  ]);
  expect(sink.batches).toBe(4);
});

test('the last lines of stderr are available at once', () => {
  const { output } = setUp();
  output.stderr(Buffer.from(`${Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n')}\n`));
  expect(output.stderrTail).toHaveLength(30);
  expect(output.stderrTail.at(-1)).toBe('line 99');
});

test("what Node's inspector writes to stderr is no line, nor in the tail", () => {
  const { sink, output, tally } = setUp();
  const inspector = [
    'Debugger listening on ws://127.0.0.1:9229/6a4ae5a2-6e8c-4a2c-8d4b-0d5b7a2e9f10',
    'For help, see: https://nodejs.org/en/docs/inspector',
    'Debugger attached.',
    'Debugger ending on ws://127.0.0.1:9229/6a4ae5a2-6e8c-4a2c-8d4b-0d5b7a2e9f10',
    'Waiting for the debugger to disconnect...',
  ];
  output.stderr(Buffer.from(`${inspector.join('\n')}\nDebugger attached. Not!\n`));
  output.end();
  expect(sink.lines.map((line) => parseLine(line)?.message)).toEqual(['Debugger attached. Not!']);
  expect(output.stderrTail).toEqual(['Debugger attached. Not!']);
  expect(tally.lines).toBe(1);
});

test('prints are counted in bytes of their lines, and records are not', () => {
  const { sink, output } = setUp();
  output.stdout(Buffer.from(`${record}\n`));
  expect(output.printedBytes).toBe(0);
  output.stdout(Buffer.from('listening\n'));
  output.stderr(Buffer.from('on 8080\n'));
  output.end();
  expect(output.printedBytes).toBe(sink.text.length - (sink.lines[0] as string).length - 1);
  const before = output.printedBytes;
  for (let chunk = 0; chunk < 20; chunk++) output.stdout(Buffer.alloc(100_000, 'x'));
  expect(output.printedBytes - before).toBe(2_000_000 - 1_048_576);
});
