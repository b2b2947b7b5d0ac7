import { describe, expect, test } from 'vitest';
import { parse } from '../../../scripts/cli/parse-args.ts';
import { atOnceOption, readIncidentRequest, startIncidentOptions } from '../../../scripts/incident/read-request.ts';
import { argsFrom } from '../../tools/args-from.ts';

const options = { ...startIncidentOptions, ...atOnceOption };
const read = (values: Record<string, string | boolean>) =>
  readIncidentRequest('quiet', parse({ usage: 'npm run incident', options }, argsFrom(values)));

test.each([
  [{}, {}],
  [{ for: '10s' }, { for: 10_000 }],
  [{ for: '7d' }, { for: 604_800_000 }],
  [{ for: '1h30m' }, { for: 5_400_000 }],
  [{ target: 'adyen' }, { target: 'adyen' }],
  [{ severity: '0.1' }, { severity: 0.1 }],
  [{ severity: '1' }, { severity: 1 }],
  [{ id: 'mine' }, { id: 'mine' }],
  [{ 'at-once': true }, { atOnce: true }],
  [{ unannounced: true }, { announced: false }],
  [{ 'no-red-herrings': true }, { redHerrings: false }],
] as const)('%j', (values, request) => {
  expect(read(values as Record<string, string | boolean>)).toEqual({ type: 'quiet', ...request });
});

describe('mistakes', () => {
  const severity = 'use a number from 0.1 to 1, for example --severity 0.5';
  test.each([
    [{ for: '9s' }, '--for: "9s" is invalid; use 10s to 7d, for example --for 10m'],
    [{ for: '8d' }, '--for: "8d" is invalid; use 10s to 7d, for example --for 10m'],
    [{ for: '10' }, '--for: "10" is invalid; use a length of time such as 90s, 24h, 1h30m, 7d or 2w'],
    [{ for: '2w' }, '--for: "2w" is invalid; use 10s to 7d, for example --for 10m'],
    [{ severity: '0' }, `--severity: "0" is invalid; ${severity}`],
    [{ severity: '1.1' }, `--severity: "1.1" is invalid; ${severity}`],
    [{ severity: '5e-1' }, `--severity: "5e-1" is invalid; ${severity}`],
    [{ id: 'a b' }, expect.stringMatching(/^--id: "a b" is invalid; use up to 64 letters, /)],
  ] as const)('%j', (values, message) => {
    expect(() => read(values as Record<string, string>)).toThrow(
      expect.objectContaining({ code: 'bad-option', message }),
    );
  });
});
