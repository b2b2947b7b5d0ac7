import { expect, onTestFinished, test } from 'vitest';
import type { World } from '../../../shared/world.ts';
import { Deferred } from '../../../supervisor/async/deferred.ts';
import { MAX_PRINTED_BYTES } from '../../../supervisor/log/input/print-limit.ts';
import { PrintTimes } from '../../../supervisor/log/input/print-times.ts';
import { ServiceOutput } from '../../../supervisor/log/input/service-output.ts';
import type { Exit } from '../../../supervisor/process/exit.ts';
import { LineStats } from '../../../supervisor/process/line-stats.ts';
import { ServiceProcess } from '../../../supervisor/process/service-process.ts';
import { block } from '../../tools/block.ts';
import { CollectingSink } from '../../tools/collecting-sink.ts';
import { isRunning, program } from '../../tools/programs.ts';

function run(fixture: string) {
  const sink = new CollectingSink();
  const service = program('api', fixture);
  const printTimes = new PrintTimes({ last: undefined, from: () => undefined });
  const output = new ServiceOutput(service.logName, sink, new LineStats(), printTimes);
  const ready = new Deferred<void>();
  const exited = new Deferred<Exit>();
  let episodes = 0;
  const child = new ServiceProcess(service, output, {
    onReady: () => ready.resolve(),
    onDropped: () => {},
    onPrintLimit: () => episodes++,
    onExit: (exit) => exited.resolve(exit),
  });
  onTestFinished(async () => {
    child.kill();
    await exited.promise;
  });
  const pid = child.pid as number;
  return { child, sink, output, ready: ready.promise, exited: exited.promise, pid, episodes: () => episodes };
}

const world = (ratio = 2): World => {
  return { seed: 1, rate: 10, timeline: [{ at: Date.now(), ratios: { api: ratio }, down: [] }] };
};

test('a process that is sent a world writes, and confirms once its lines have arrived', async () => {
  const { child, sink, ready } = run('writes-steadily');
  await ready;
  expect(child.isReady).toBe(true);
  child.sendWorld(1, world(3), Date.now());
  expect(await child.whenApplied(1, 10_000)).toBe('applied');
  await sink.line('ratio=3');
});

test('what it prints is dated by the instant up to which it has written', async () => {
  const { child, sink, ready } = run('prints-when-pinged');
  await ready;
  child.sendWorld(1, world(), Date.now());
  const record = await sink.line('a record');
  child.ping();
  await sink.line('print 1');
  // The first pong may arrive after that print, but arrives before this one.
  child.ping();
  expect(await sink.line('print 2')).toBe('2100-01-01T00:00:00.000Z [WARNING] [ApiService]: print 2');
  expect(record < '2100').toBe(true);
});

test('a stalled process with a full pipe is not waited for', async () => {
  const { child, ready, pid } = run('writes-steadily');
  await ready;
  process.kill(pid, 'SIGSTOP');
  const { timeline, ...rest } = world();
  const large = { ...rest, timeline: Array.from({ length: 2_000 }, () => timeline[0]) } as unknown as World;
  for (let version = 1; version <= 20; version++) child.sendWorld(version, large);
  expect(await child.prepare(21, 100)).toBeUndefined();
});

test('an answer that arrives while the supervisor stalls is in time', async () => {
  const { child, ready } = run('writes-steadily');
  await ready;
  child.sendWorld(1, world(), Date.now());
  await child.whenApplied(1, 10_000);
  const before = Date.now();
  const writtenUntil = child.prepare(2, 100);
  block(600);
  expect(await writtenUntil).toBeGreaterThanOrEqual(before - 100);
  expect(await writtenUntil).toBeLessThanOrEqual(Date.now());
});

test('once a change is in effect no line from before it arrives', async () => {
  const { child, sink, ready } = run('writes-steadily');
  await ready;
  child.sendWorld(1, world(1), Date.now());
  await sink.line('ratio=1');
  for (let version = 2; version <= 10; version++) {
    const until = await child.prepare(version, 10_000);
    expect(until).toBeGreaterThan(Date.now() - 10_000);
    child.sendWorld(version, world(version));
    expect(await child.whenApplied(version, 10_000)).toBe('applied');
    const seen = sink.lines.length;
    await sink.line(`ratio=${version}`, seen);
    expect(sink.lines.slice(seen).filter((line) => !line.endsWith(`ratio=${version}`))).toEqual([]);
  }
});

test.each([
  { fixture: 'crashes-at-once', exit: { code: 1, signal: undefined, wasReady: false } },
  { fixture: 'writes-20000-lines-and-kills-itself', exit: { code: undefined, signal: 'SIGKILL', wasReady: true } },
  { fixture: 'prints-text-that-is-no-record', exit: { code: 4, signal: undefined, wasReady: true } },
])('$fixture exits with $exit', async ({ fixture, exit }) => {
  const { child, ready, exited } = run(fixture);
  await Promise.race([ready, exited]);
  child.sendWorld(1, world(), Date.now());
  expect(await exited).toMatchObject(exit);
  expect(await child.whenApplied(2, 10_000)).toBe('exited');
  expect(await child.prepare(2, 50)).toBeUndefined();
});

test('20,000 lines written right before a SIGKILL all arrive', async () => {
  const { child, sink, ready, exited } = run('writes-20000-lines-and-kills-itself');
  await ready;
  child.sendWorld(1, world(), Date.now());
  await exited;
  expect(sink.lines.map((line) => line.split(': ')[1])).toEqual(
    Array.from({ length: 20_000 }, (_, line) => `line ${line + 1} ü€😀`),
  );
});

test('whatever a process prints is in the log, in order, when it has exited', async () => {
  const { child, sink, ready, exited } = run('prints-text-that-is-no-record');
  await ready;
  child.sendWorld(1, world(), Date.now());
  await exited;
  const messages = sink.lines.map((line) => line.slice('2026-11-22T13:18:13.438Z '.length));
  expect(messages.filter((line) => !line.startsWith('[ERROR]'))).toEqual([
    '[WARNING] [ApiService]: listening on 8080',
    '[WARNING] [ApiService]: {"level":30,"time":1,"service":"Another","msg":"not mine"}',
    '[WARNING] [ApiService]: an escape \\u001b[31m and a bell \\u0007',
    '[INFO] [ApiService]: a record',
    '[WARNING] [ApiService]: no newline at the end',
  ]);
  expect(messages.filter((line) => line.startsWith('[ERROR]'))).toEqual([
    '[ERROR] [ApiService]: Error: on stderr',
    expect.stringMatching(/^\[ERROR\] \[ApiService\]: {5}at /),
  ]);
});

test('all that a process prints over the limit is in the log when it has exited', async () => {
  const { child, sink, ready, exited, episodes } = run('prints-half-a-megabyte-and-exits');
  await ready;
  child.sendWorld(1, world(), Date.now());
  expect(await exited).toMatchObject({ code: 3 });
  expect(sink.lines).toHaveLength(512);
  expect(episodes()).toBe(1);
});

test('a process that prints an endless line is read no faster than the limit', async () => {
  const { child, ready, output, episodes } = run('prints-without-a-newline');
  await ready;
  const start = performance.now();
  child.sendWorld(1, world(), Date.now());
  await expect.poll(() => output.printedBytes, { timeout: 20_000 }).toBeGreaterThan(2 * MAX_PRINTED_BYTES);
  const seconds = Math.ceil((performance.now() - start) / 1_000);
  expect(episodes()).toBe(1);
  // In each second, even a partial one, the limit and the chunk that exceeded it.
  expect(output.printedBytes).toBeLessThan((seconds + 2) * (MAX_PRINTED_BYTES + 65_536));
});

test('the stderr of a process that dies at once has the cause', async () => {
  const { exited } = run('crashes-at-once');
  expect((await exited).stderrTail).toContain('Error: no such database');
});

test('a program that does not exist exits like one that dies', async () => {
  const { exited } = run('does-not-exist');
  expect(await exited).toMatchObject({ code: 1, wasReady: false });
});

test('a process that leaves its pipes to another exits all the same', async () => {
  const { exited, sink } = run('exits-while-a-child-holds-its-pipes');
  const exit = await exited;
  const [, other] = /left (\d+)/.exec(sink.text) ?? [];
  expect(sink.text).toMatch(/left \d+/);
  process.kill(Number(other));
  expect(exit).toMatchObject({ code: 5, wasReady: false });
  expect(exit.ranMs).toBeLessThan(10_000);
});

test('a stop ends a process at once', async () => {
  const { child, ready, exited } = run('writes-steadily');
  await ready;
  child.stop();
  expect(await exited).toMatchObject({ code: 0 });
});

test('a stop ends a process that was stopped by SIGSTOP', async () => {
  const { child, ready, exited, pid } = run('writes-steadily');
  await ready;
  process.kill(pid, 'SIGSTOP');
  child.stop();
  expect(await exited).toMatchObject({ code: 0 });
});

test('a stop ends a process that ignores it after five seconds', async () => {
  const { child, ready, exited, pid } = run('ignores-stop-requests');
  await ready;
  const start = performance.now();
  child.stop();
  expect(await exited).toMatchObject({ signal: 'SIGKILL' });
  expect(performance.now() - start).toBeGreaterThan(4_900);
  expect(isRunning(pid)).toBe(false);
});

test('unanswered pings are counted until one is answered', async () => {
  const { child, ready, sink, pid } = run('writes-steadily');
  await ready;
  child.sendWorld(1, world(), Date.now());
  await sink.line('ratio');
  process.kill(pid, 'SIGSTOP');
  for (let ping = 1; ping <= 3; ping++) {
    child.ping();
    expect(child.missedPings).toBe(ping);
  }
  process.kill(pid, 'SIGCONT');
  await expect.poll(() => child.missedPings, { timeout: 10_000 }).toBe(0);
});

test('a process that does not answer prepare is not waited for', async () => {
  const { child, ready } = run('never-acknowledges');
  await ready;
  expect(await child.prepare(2, 50)).toBeUndefined();
  expect(await child.whenApplied(2, 50)).toBe('timed-out');
});
