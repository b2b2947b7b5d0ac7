import path from 'node:path';
import { expect, test } from 'vitest';
import { withLogFileFlag } from '../../shared/log-file-flag.ts';

test.each([
  [path.resolve('app.log'), 'npm stop'],
  ['/tmp/app.log', 'npm stop -- --log-file /tmp/app.log'],
  ['/tmp/a b/app.log', "npm stop -- --log-file '/tmp/a b/app.log'"],
])('the fleet that writes %s: %s', (logFile, typed) => {
  expect(withLogFileFlag('npm stop', logFile)).toBe(typed);
});

test('a command that has options already', () => {
  expect(withLogFileFlag('npm run ratios -- --all 2', '/tmp/app.log')).toBe(
    'npm run ratios -- --all 2 --log-file /tmp/app.log',
  );
});
