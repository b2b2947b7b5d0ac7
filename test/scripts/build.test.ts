import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../tools/temporary.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const FROM_BEFORE = 'console.log("what was built before");\n';
const COMPILER = `#!/bin/sh\nmkdir -p dist/scripts && echo 'console.log("what was just built")' > dist/scripts/cli.js\n`;

/** The project with these files alone; those in `.bin` are programs. */
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

  test('compile what has changed', () => {
    const project = projectOf({ 'dist/scripts/cli.js': FROM_BEFORE, 'node_modules/.bin/tsc': COMPILER }, ...sources);
    expect(npm(project, ['start'])).toEqual({ status: 0, stdout: 'what was just built\n', stderr: '' });
  });

  test('find the compiler that a workspace has installed further up', () => {
    const workspace = projectOf({ 'node_modules/.bin/tsc': COMPILER });
    const project = path.join(workspace, 'packages/demo');
    for (const file of sources) cpSync(path.join(ROOT, file), path.join(project, file));
    expect(npm(project, ['run', 'prepare'])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(npm(project, ['start'])).toEqual({ status: 0, stdout: 'what was just built\n', stderr: '' });
  });

  test('without the development tools take what was built before, whatever compiler is on the PATH', () => {
    const project = projectOf({ 'dist/scripts/cli.js': FROM_BEFORE }, ...sources);
    const foreign = projectOf({ 'node_modules/.bin/tsc': '#!/bin/sh\nexit 3\n' });
    const programs = path.join(foreign, 'node_modules/.bin');
    expect(npm(project, ['run', 'prepare'], programs)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(npm(project, ['start'], programs)).toEqual({ status: 0, stdout: 'what was built before\n', stderr: '' });
  });

  test.each(['start', 'prepare'])('say in one line what to run when nothing was built: %s', (script) => {
    const stderr =
      'dist/ is missing and TypeScript, which builds it, is not installed; run: npm install --include=dev\n';
    expect(npm(projectOf({}, ...sources), ['run', script])).toEqual({ status: 1, stdout: '', stderr });
  });

  test('have nothing to build beside the package files alone, as when a container installs them first', () => {
    const project = projectOf({}, 'package.json');
    expect(npm(project, ['run', 'prepare'])).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
