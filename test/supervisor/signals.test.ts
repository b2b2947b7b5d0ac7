import { expect, onTestFinished, test } from 'vitest';
import { onSignals } from '../../supervisor/signals.ts';

function setUp() {
  const seen: string[] = [];
  const clock = { now: 0 };
  const removeHandlers = onSignals(
    {
      interrupt: (signal) => seen.push(`interrupt ${signal}`),
      forceQuit: () => seen.push('force'),
      hangup: () => seen.push('reopen'),
    },
    () => clock.now,
  );
  onTestFinished(removeHandlers);
  return { seen, clock, removeHandlers };
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s interrupts, a second one forces', (signal) => {
  const { seen, clock } = setUp();
  process.emit(signal, signal);
  clock.now = 1_000;
  process.emit('SIGINT', 'SIGINT');
  expect(seen).toEqual([`interrupt ${signal}`, 'force']);
});

test('a Ctrl-C that npm passes on as well counts once', () => {
  const { seen, clock } = setUp();
  process.emit('SIGINT', 'SIGINT');
  clock.now = 30;
  process.emit('SIGINT', 'SIGINT');
  expect(seen).toEqual(['interrupt SIGINT']);
});

test('SIGHUP reopens the log file, each time', () => {
  const { seen } = setUp();
  process.emit('SIGHUP', 'SIGHUP');
  process.emit('SIGHUP', 'SIGHUP');
  expect(seen).toEqual(['reopen', 'reopen']);
});

test('removed handlers are not called', () => {
  const { removeHandlers } = setUp();
  removeHandlers();
  expect(process.listenerCount('SIGHUP')).toBe(0);
});
