import { expect, test } from 'vitest';
import { BENIGN_KINDS, DISK_FAULTS, FAULTS } from '../fault-catalog.ts';
import { isClean, type RunOutcome, summaryOf } from '../outcome.ts';
import { report } from '../report.ts';
import { SHUTDOWN_MODES, STOP } from '../shutdown-modes.ts';

const CLEAN: RunOutcome = {
  name: 'run 1 of 1',
  shutdown: STOP,
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

const comparison = (defects: Partial<RunOutcome['comparison']>) => ({
  comparison: { ...CLEAN.comparison, ...defects },
});

test('the report has a row for each fault and each shutdown mode', () => {
  const text = report([CLEAN]);
  for (const kind of [...Object.keys(FAULTS), ...Object.keys(DISK_FAULTS)])
    expect(text).toMatch(new RegExp(`^${kind}  `, 'm'));
  for (const { name } of SHUTDOWN_MODES) expect(text).toMatch(new RegExp(`^shutdown: ${name}  `, 'm'));
  expect(text).toMatch(/^disk full +2$/m);
  expect(text).toMatch(/^lines written +90$/m);
  expect(text).toMatch(/^shutdown: npm stop +1$/m);
});

test('the report says when disk faults were skipped', () => {
  expect(report([{ ...CLEAN, faults: {} }])).toMatch(/^disk full +skipped: /m);
});

test.each([
  ['lines missing', comparison({ missing: ['a line'] }), /^lines missing +1$/m],
  ['lines duplicated', comparison({ duplicated: ['a line'] }), /^lines duplicated +1$/m],
  ['lines unexpected', comparison({ unexpected: ['a line'] }), /^lines unexpected +1$/m],
  ['lines torn', comparison({ torn: ['a line'] }), /^lines torn +1$/m],
  ['lines out of order', comparison({ outOfOrder: ['a line'] }), /^lines out of order +1$/m],
  ['a problem', { problems: ['exit status 3'] }, /^wrong exit statuses, messages and refusals +1$/m],
  ['a leaked process', { leaked: [4711] }, /^processes leaked +1$/m],
  ['a memory leak', { memory: { start: 60, firstHalf: 80, secondHalf: 160 } }, / 160 MB$/m],
])('a run with %s is not clean, and the report shows it', (_what, defect, row) => {
  expect(isClean(CLEAN)).toBe(true);
  expect(isClean({ ...CLEAN, ...defect })).toBe(false);
  expect(report([{ ...CLEAN, ...defect }])).toMatch(row);
});

test('the summary of a run says what is wrong and where to look', () => {
  const failed = { ...CLEAN, ...comparison({ missing: ['the line itself'] }), leaked: [4711] };
  expect(summaryOf(CLEAN, '/tmp/run-1')).toBe('run 1 of 1, shut down by npm stop: clean\n');
  expect(summaryOf(failed, '/tmp/run-1')).toBe(
    'run 1 of 1, shut down by npm stop: look at /tmp/run-1\n  missing: the line itself\n  leaked: 4711\n',
  );
});

test('a long run has no faults that make others wait', () => {
  expect(BENIGN_KINDS).not.toContain('machine asleep');
  expect(Object.keys(FAULTS)).toEqual(expect.arrayContaining([...BENIGN_KINDS]));
});
