import { expect, test } from 'vitest';
import { WriteWindow } from '../../../supervisor/process/write-window.ts';
import { Gaps } from '../../../supervisor/world/gaps.ts';

const OPEN = Number.MAX_SAFE_INTEGER;
const NOTHING = { time: Number.NEGATIVE_INFINITY, count: 0 };

function setUp(from?: number) {
  const gaps = new Gaps();
  const window = new WriteWindow('api', gaps);
  window.reset(from);
  return { gaps, window };
}

test('a process that exits leaves a gap after its last record, until the next one writes', () => {
  const { gaps, window } = setUp();
  expect(window.open(100)).toBe(100);
  window.close({ time: 250, count: 2 });
  expect(gaps.all).toEqual([{ service: 'api', from: 250, writtenAtStart: 2, to: OPEN }]);
  window.reset(undefined);
  expect(window.from).toBeUndefined();
  window.open(400);
  expect(gaps.all).toEqual([{ service: 'api', from: 250, writtenAtStart: 2, to: 400 }]);
});

test('one that wrote no record leaves a gap from its start on, whatever its predecessor wrote', () => {
  const { gaps, window } = setUp();
  window.open(100);
  window.close({ time: 99, count: 1 });
  expect(gaps.all).toEqual([{ service: 'api', from: 100, writtenAtStart: 0, to: OPEN }]);
});

test('one that has to write from an instant on writes from there, and leaves a gap if it never does', () => {
  const { gaps, window } = setUp(50);
  expect(setUp(50).window.open(100)).toBe(50);
  window.close(NOTHING);
  expect(window.isOpen).toBe(false);
  expect(gaps.all).toEqual([{ service: 'api', from: 50, writtenAtStart: 0, to: OPEN }]);
});

test('one that never had an instant, or that was complete, leaves none', () => {
  const { gaps, window } = setUp();
  window.close(NOTHING);
  window.open(100);
  window.markComplete();
  window.close({ time: 250, count: 2 });
  expect(gaps.all).toEqual([]);
});
