import { expect, test } from 'vitest';
import { describeCrash, describeExit, type Exit } from '../../../supervisor/process/exit.ts';

const exit = (of: Partial<Exit>): Exit => ({
  code: undefined,
  signal: undefined,
  error: undefined,
  wasReady: true,
  ranMs: 12_345,
  stderrTail: [],
  ...of,
});

test.each([
  { of: { code: 0 }, said: 'exit code 0' },
  { of: { code: 1 }, said: 'exit code 1' },
  { of: { signal: 'SIGKILL' }, said: 'signal SIGKILL' },
  { of: { error: 'spawn ENOENT' }, said: 'could not be started: spawn ENOENT' },
  { of: {}, said: 'could not be started: unknown reason' },
])('$of is told as: $said', ({ of, said }) => {
  expect(describeExit(exit(of))).toBe(said);
});

test('a process that had run is told with how long', () => {
  expect(describeCrash(exit({ code: 1 }))).toBe('died, exit code 1, after 12.3 s');
});

test('a process that had not loaded is told with what it said, without the frames of its stack', () => {
  const stderrTail = [
    'file:///shop/api.js:3',
    '  throw new Error("no such database");',
    '        ^',
    '',
    'Error: no such database',
    '    at file:///shop/api.js:3:9',
    '    at ModuleJob.run (node:internal/modules/esm/module_job:325:25)',
    'Node.js v20.20.2',
  ];
  expect(describeCrash(exit({ code: 1, wasReady: false, stderrTail }))).toBe(
    'died before it was ready, exit code 1: ' +
      'file:///shop/api.js:3 | throw new Error("no such database"); | Error: no such database',
  );
});

test('a process that had not loaded and said nothing is told so', () => {
  expect(describeCrash(exit({ code: 7, wasReady: false }))).toBe(
    'died before it was ready, exit code 7: it wrote nothing to stderr',
  );
});
