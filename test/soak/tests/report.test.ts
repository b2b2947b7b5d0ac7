import { expect, test } from 'vitest';
import { BENIGN_KINDS, DISK_FAULTS, FAULTS } from '../fault-catalog.ts';
import { isClean, type Outcome, verdictOf } from '../outcome.ts';
import { report } from '../report.ts';
import { SHUTDOWN_MODES, STOP } from '../shutdown-modes.ts';

const CLEAN: Outcome = {
  name: 'run 1 of 1',
  end: STOP,
  isLong: true,
  comparison: {
    expected: 90,
    written: 90,
    missing: [],
    duplicated: [],
    unexpected: [],
    torn: [],
    outOfOrder: [],
    tailLoss: 0,
  },
  faults: { 'disk full': 2, 'kill -9 of a service': 3 },
  leaked: [],
  memory: { start: 60, firstHalf: 80, secondHalf: 85 },
  problems: [],
};

const comparison = (wrong: Partial<Outcome['comparison']>) => ({ comparison: { ...CLEAN.comparison, ...wrong } });

test('the report has a row for each fault and each end', () => {
  const text = report([CLEAN]);
  for (const kind of [...Object.keys(FAULTS), ...Object.keys(DISK_FAULTS)])
    expect(text).toMatch(new RegExp(`^${kind}  `, 'm'));
  for (const { name } of SHUTDOWN_MODES) expect(text).toMatch(new RegExp(`^end: ${name}  `, 'm'));
  expect(text).toMatch(/^disk full +2$/m);
  expect(text).toMatch(/^lines written +90$/m);
  expect(text).toMatch(/^end: npm stop +1$/m);
});

test('a disk that could not be made is told as left out', () => {
  expect(report([{ ...CLEAN, faults: {} }])).toMatch(/^disk full +left out: /m);
});

test.each([
  ['lines missing', comparison({ missing: ['a line'] }), /^lines missing +1$/m],
  ['lines duplicated', comparison({ duplicated: ['a line'] }), /^lines duplicated +1$/m],
  ['lines unexpected', comparison({ unexpected: ['a line'] }), /^lines unexpected +1$/m],
  ['lines torn', comparison({ torn: ['a line'] }), /^lines torn +1$/m],
  ['lines out of order', comparison({ outOfOrder: ['a line'] }), /^lines out of order +1$/m],
  ['a problem', { problems: ['exit status 3'] }, /^ends and refusals that went wrong +1$/m],
  ['a process leaked', { leaked: [4711] }, /^processes leaked +1$/m],
  ['memory that grows', { memory: { start: 60, firstHalf: 80, secondHalf: 160 } }, / 160 MB$/m],
])('%s is told, and not clean', (_what, wrong, told) => {
  expect(isClean(CLEAN)).toBe(true);
  expect(isClean({ ...CLEAN, ...wrong })).toBe(false);
  expect(report([{ ...CLEAN, ...wrong }])).toMatch(told);
});

test('the verdict on a run says what is wrong with it, and where to look', () => {
  const wrong = { ...CLEAN, ...comparison({ missing: ['the line itself'] }), leaked: [4711] };
  expect(verdictOf(CLEAN, '/tmp/run-1')).toBe('run 1 of 1, ended by npm stop: clean\n');
  expect(verdictOf(wrong, '/tmp/run-1')).toBe(
    'run 1 of 1, ended by npm stop: look at /tmp/run-1\n  missing: the line itself\n  leaked: 4711\n',
  );
});

test('what a long life is spared are the faults that make others wait', () => {
  expect(BENIGN_KINDS).not.toContain('the machine sleeps');
  expect(Object.keys(FAULTS)).toEqual(expect.arrayContaining([...BENIGN_KINDS]));
});
