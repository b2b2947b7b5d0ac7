import { expect, test } from 'vitest';
import { Backpressure } from '../../../supervisor/log/backpressure.ts';

function recorded() {
  const events: unknown[] = [];
  const backpressure = new Backpressure(
    (sink) => events.push(sink),
    (isPaused) => events.push(isPaused),
  );
  return { backpressure, events, file: backpressure.of('file'), console: backpressure.of('console') };
}

test('the services pause for the first slow sink, and resume after the last', () => {
  const { backpressure, events, file, console } = recorded();
  backpressure.enable();
  file(true);
  console(true);
  file(false);
  expect(events).toEqual(['file', true, 'console']);
  console(false);
  expect(events).toEqual(['file', true, 'console', false]);
});

test('nothing is reported before it is enabled, and then the state of that time', () => {
  const { backpressure, events, file, console } = recorded();
  file(true);
  console(true);
  console(false);
  expect(events).toEqual([]);
  backpressure.enable();
  file(false);
  expect(events).toEqual([true, false]);
});
