import { expect, test } from 'vitest';
import { isMain } from '../../shared/is-main.ts';

test('a module that was imported is not the program', () => {
  expect(isMain(import.meta.url)).toBe(false);
});
