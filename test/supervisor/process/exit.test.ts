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
  { of: { code: 0 }, text: 'exit code 0' },
  { of: { code: 1 }, text: 'exit code 1' },
  { of: { signal: 'SIGKILL' }, text: 'signal SIGKILL' },
  { of: { error: 'spawn ENOENT' }, text: 'could not be started: spawn ENOENT' },
  { of: {}, text: 'could not be started: unknown reason' },
])('$of is described as: $text', ({ of, text }) => {
  expect(describeExit(exit(of))).toBe(text);
});

test('the crash of a process that was ready comes with its run time', () => {
  expect(describeCrash(exit({ code: 1 }))).toBe('died, exit code 1, after 12.3 s');
});

test('the crash of a process that was never ready comes with its stderr, without the frames of the stack', () => {
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

test('the crash of a process that was never ready and wrote nothing mentions that', () => {
  expect(describeCrash(exit({ code: 7, wasReady: false }))).toBe(
    'died before it was ready, exit code 7: it wrote nothing to stderr',
  );
});
