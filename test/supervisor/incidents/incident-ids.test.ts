import { expect, test } from 'vitest';
import { IncidentIds } from '../../../supervisor/incidents/incident-ids.ts';

test('an id is the type and the next number', () => {
  const ids = new IncidentIds();
  expect(['leak', 'leak', 'quiet', 'leak'].map((type) => ids.take(type))).toEqual([
    'leak-1',
    'leak-2',
    'quiet-1',
    'leak-3',
  ]);
});

test('a number that was given by hand is passed over', () => {
  const ids = new IncidentIds();
  expect(ids.take('leak', 'leak-1')).toBe('leak-1');
  expect(ids.take('leak')).toBe('leak-2');
});

test.each(['leak-1', 'mine'])('%s is given once', (id) => {
  const ids = new IncidentIds();
  ids.take('leak', id);
  expect(() => ids.take('other', id)).toThrow(
    expect.objectContaining({
      code: 'conflict',
      message: `${id}: is the id of another incident of this run; use a new one, or leave it out`,
    }),
  );
});

test('an id that was given back is free again', () => {
  const ids = new IncidentIds();
  ids.giveBack(ids.take('leak'));
  expect(ids.take('leak')).toBe('leak-1');
  ids.giveBack(ids.take('leak', 'mine'));
  expect(ids.take('leak', 'mine')).toBe('mine');
});

test('an id that a scenario has is not given again', () => {
  const ids = new IncidentIds(['leak-1', 'mine']);
  expect(ids.take('leak')).toBe('leak-2');
  expect(() => ids.take('leak', 'mine')).toThrow(expect.objectContaining({ code: 'conflict' }));
});
