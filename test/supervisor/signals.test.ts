import { expect, onTestFinished, test } from 'vitest';
import { onSignals } from '../../supervisor/signals.ts';

function setUp() {
  const seen: string[] = [];
  const clock = { now: 0 };
  const forget = onSignals(
    {
      interrupt: (signal) => seen.push(`stop ${signal}`),
      forceQuit: () => seen.push('kill'),
      hangup: () => seen.push('reopen'),
    },
    () => clock.now,
  );
  onTestFinished(forget);
  return { seen, clock, forget };
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops, a second one kills', (signal) => {
  const { seen, clock } = setUp();
  process.emit(signal, signal);
  clock.now = 1_000;
  process.emit('SIGINT', 'SIGINT');
  expect(seen).toEqual([`stop ${signal}`, 'kill']);
});

test('a Ctrl-C that npm passes on as well counts once', () => {
  const { seen, clock } = setUp();
  process.emit('SIGINT', 'SIGINT');
  clock.now = 30;
  process.emit('SIGINT', 'SIGINT');
  expect(seen).toEqual(['stop SIGINT']);
});

test('SIGHUP reopens the log file, each time', () => {
  const { seen } = setUp();
  process.emit('SIGHUP', 'SIGHUP');
  process.emit('SIGHUP', 'SIGHUP');
  expect(seen).toEqual(['reopen', 'reopen']);
});

test('afterwards signals are left alone', () => {
  const { forget } = setUp();
  forget();
  expect(process.listenerCount('SIGHUP')).toBe(0);
});
