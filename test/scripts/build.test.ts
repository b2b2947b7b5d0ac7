import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../tools/temporary.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const OLD_BUILD = 'console.log("old build");\n';
const COMPILER = `#!/bin/sh\nmkdir -p dist/scripts && echo 'console.log("new build")' > dist/scripts/cli.js\n`;

/** A project of these files and of copies of ours; those in `.bin` are executable. */
function projectOf(files: Readonly<Record<string, string>>, ...copied: readonly string[]): string {
  const project = temporaryDirectory();
  for (const file of copied) cpSync(path.join(ROOT, file), path.join(project, file));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.join(project, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(project, file), text);
    if (file.includes('.bin/')) chmodSync(path.join(project, file), 0o755);
  }
  return project;
}

function npm(cwd: string, args: readonly string[], programs = '/nowhere') {
  const env = { ...process.env, PATH: `${programs}:${process.env.PATH}` };
  const { status, stdout, stderr } = spawnSync('npm', ['--silent', ...args], { cwd, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('npm start and the scripts of npm install', () => {
  const sources = ['package.json', 'scripts/build.sh'];

  test('compile the sources', () => {
    const project = projectOf({ 'dist/scripts/cli.js': OLD_BUILD, 'node_modules/.bin/tsc': COMPILER }, ...sources);
    expect(npm(project, ['start'])).toEqual({ status: 0, stdout: 'new build\n', stderr: '' });
  });

  test('find the compiler of a workspace further up', () => {
    const workspace = projectOf({ 'node_modules/.bin/tsc': COMPILER });
    const project = path.join(workspace, 'packages/demo');
    for (const file of sources) cpSync(path.join(ROOT, file), path.join(project, file));
    expect(npm(project, ['run', 'prepare'])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(npm(project, ['start'])).toEqual({ status: 0, stdout: 'new build\n', stderr: '' });
  });

  test('use the old build without the development tools, even with a compiler on the PATH', () => {
    const project = projectOf({ 'dist/scripts/cli.js': OLD_BUILD }, ...sources);
    const foreign = projectOf({ 'node_modules/.bin/tsc': '#!/bin/sh\nexit 3\n' });
    const programs = path.join(foreign, 'node_modules/.bin');
    expect(npm(project, ['run', 'prepare'], programs)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(npm(project, ['start'], programs)).toEqual({ status: 0, stdout: 'old build\n', stderr: '' });
  });

  test.each(['start', 'prepare'])('print what to run when nothing was built: %s', (script) => {
    const stderr =
      'dist/ is missing and TypeScript, which builds it, is not installed; run: npm install --include=dev\n';
    expect(npm(projectOf({}, ...sources), ['run', script])).toEqual({ status: 1, stdout: '', stderr });
  });

  test('build nothing without sources, as when a container installs the packages first', () => {
    const project = projectOf({}, 'package.json');
    expect(npm(project, ['run', 'prepare'])).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
