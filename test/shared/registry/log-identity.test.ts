import { linkSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { collisionOf, logIdentity } from '../../../shared/registry/log-identity.ts';
import { temporaryDirectory } from '../../tools/temporary.ts';

const directory = () => {
  const made = temporaryDirectory();
  writeFileSync(path.join(made, 'app.log'), '');
  return made;
};

test.each([
  ['app.log', 'app.log', 'same-file'],
  ['app.log', './x/../app.log', 'same-file'],
  ['app.log', 'link.log', 'same-file'],
  ['app.log', 'hard.log', 'same-file'],
  ['app.log', 'app.log.1', 'rotated-file'],
  ['app.log.12', 'app.log', 'rotated-file'],
  ['link.log', 'app.log.3', 'rotated-file'],
  ['app.log', 'app.log.1.2', undefined],
  ['app.log', 'app.log.old', undefined],
  ['app.log', 'app.logs', undefined],
  ['app.log', 'other.log', undefined],
  ['missing/app.log', 'missing/app.log', 'same-file'],
] as const)('%s and %s: %s', (one, other, collision) => {
  const home = directory();
  symlinkSync('app.log', path.join(home, 'link.log'));
  linkSync(path.join(home, 'app.log'), path.join(home, 'hard.log'));
  const [a, b] = [one, other].map((name) => logIdentity(path.join(home, name)));
  expect(collisionOf(a as NonNullable<typeof a>, b as NonNullable<typeof b>)).toBe(collision);
});

test('a changed link still collides with the fleet that was started with it', () => {
  const home = directory();
  writeFileSync(path.join(home, 'other.log'), '');
  const before = { logFile: path.join(home, 'link.log'), realPaths: [path.join(home, 'app.log')] };
  symlinkSync('other.log', path.join(home, 'link.log'));
  expect(collisionOf(logIdentity(path.join(home, 'link.log')), before)).toBe('same-file');
});
