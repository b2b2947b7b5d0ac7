import { expect, test } from 'vitest';
import { ERRORS, type ErrorCode, isErrorCode, UserError } from '../../shared/errors.ts';

const codes = Object.keys(ERRORS) as ErrorCode[];

test.each(codes)('%s has its exit status', (code) => {
  const error = new UserError(code, 'what to type');
  expect(error).toMatchObject({
    name: 'UserError',
    code,
    message: 'what to type',
    exitStatus: ERRORS[code].exitStatus,
  });
  expect(isErrorCode(code)).toBe(true);
});

test.each(['', 'internal', 'toString', 'constructor', 1, null, undefined])('%j is not a code', (code) => {
  expect(isErrorCode(code)).toBe(false);
});
