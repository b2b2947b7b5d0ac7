import { describe, expect, onTestFinished, test } from 'vitest';
import type { Batch } from '../../supervisor/log/batch.ts';
import { Log } from '../../supervisor/log/log.ts';
import { CollectingSink } from '../tools/collecting-sink.ts';
import { runFixtures, runFixturesBlind, steady } from '../tools/fleet-of-fixtures.ts';

type Running = Awaited<ReturnType<typeof runFixtures>>;

/** What operators do, and how many lines of the supervisor tell it. */
const OPERATIONS = [
  { what: 'ratios', told: 1, act: ({ changeRatios }: Running) => changeRatios({ api: 5 }) },
  { what: 'kill', told: 2, act: ({ commands }: Running) => commands.run('api', 'kill') },
  { what: 'restart', told: 2, act: ({ commands }: Running) => commands.run('api', 'restart') },
  { what: 'stop', told: 1, act: ({ commands }: Running) => commands.run('api', 'stop') },
] as const;

const events = ({ sink }: Running) => sink.lines.filter((line) => line.includes('[Supervisor]'));

describe.each(OPERATIONS)('$what', ({ act, told }) => {
  test('is told in the log', async () => {
    const running = await runFixtures({ onTestFinished }, ...steady);
    const before = events(running).length;
    await act(running);
    expect(events(running).length - before).toBe(told);
  });

  test('is not told in a blind log', async () => {
    const running = await runFixturesBlind({ onTestFinished }, ...steady);
    const before = events(running);
    await act(running);
    expect(events(running)).toEqual(before);
  });
});

test('what a blind log leaves out is told to a sink that operators read', () => {
  const untold: string[] = [];
  const told = new CollectingSink();
  const operators = new CollectingSink();
  const log = new Log(
    [told, Object.assign(operators, { writeUntold: ({ bytes }: Batch) => untold.push(`${bytes}`) })],
    true,
  );
  log.operation('api is killed');
  log.event('INFO', 'api is up');
  expect(untold.join('')).toMatch(/^\S+ \[INFO\] \[Supervisor\]: api is killed\n$/);
  for (const { lines } of [told, operators]) expect(lines.join('')).toMatch(/^\S+ \[INFO\] \[Supervisor\]: api is up$/);
});

test('in a blind log a start after a stop is not told either', async () => {
  const running = await runFixturesBlind({ onTestFinished }, ...steady);
  const before = events(running);
  await running.commands.run('api', 'stop');
  await running.commands.run('api', 'start');
  expect(events(running)).toEqual(before);
});

test('a blind log still tells a crash and the restart after it, also of a service that an operator had started', async () => {
  const { sink, status, commands } = await runFixturesBlind({ onTestFinished }, ...steady);
  await commands.run('api', 'restart');
  const { pid } = status('api');
  const seen = sink.lines.length;
  process.kill(pid as number, 'SIGKILL');
  await sink.line('[WARNING] [Supervisor]: api died, signal SIGKILL, after', seen);
  await sink.line('[INFO] [Supervisor]: api is up, pid ', seen);
});
