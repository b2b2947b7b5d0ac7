import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
}

describe('the lock file', () => {
  const { packages } = read('package-lock.json') as { packages: Record<string, LockedPackage> };

  /** True when Node, looking from the directory of a package upwards, finds the other one. */
  const isLocked = (name: string, from: string): boolean => {
    const path = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
    if (path in packages) return true;
    return from !== '' && isLocked(name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))));
  };

  // npm leaves out what the registry did not have when the lock was made, and npm ci of npm 11 then refuses the lock.
  test('has the optional packages of every platform', () => {
    const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isLocked(name, from))
        .map((name) => `${name} of ${from}`),
    );
    expect(missing).toEqual([]);
    expect(isLocked('no-such-package', 'node_modules/vitest')).toBe(false);
  });
});

test('the package has the control page: its HTML and CSS, and its code compiled', () => {
  const root = new URL('..', import.meta.url);
  const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const [{ files }] = JSON.parse(listed) as [{ files: readonly { readonly path: string }[] }];
  const paths = files.map(({ path }) => path);
  const folder = 'supervisor/page/browser';
  const sources = readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' });
  for (const file of sources) {
    if (/\.(html|css|svg)$/.test(file)) expect(paths).toContain(`${folder}/${file}`);
    if (file.endsWith('.ts') && !file.endsWith('.d.ts')) {
      expect(paths).toContain(`dist/${folder}/${file.slice(0, -'.ts'.length)}.js`);
      expect(paths).not.toContain(`${folder}/${file}`);
    }
  }
  expect(paths).toContain(`${folder}/index.html`);
  expect(paths.filter((path) => path.includes('tsbuildinfo'))).toEqual([]);
});

test('npx finds the command by the name of the package', () => {
  const { name, bin } = read('package.json') as { name: string; bin: Record<string, string> };
  expect(Object.keys(bin)).toEqual([name]);
  expect(readFileSync(new URL(`../${bin[name]}`, import.meta.url), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});
