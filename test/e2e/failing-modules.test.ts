/** Modules given with `--service` that fail to load: one line, and nothing is started. */

import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type TestContext, test } from 'vitest';
import { controlSocketPath } from '../../shared/paths.ts';
import { expectOneLine } from '../tools/expect-one-line.ts';
import { command } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';
import { fileNamesIn, RANGE } from './backfill.ts';

const PLAIN = fileURLToPath(new URL('../fixtures/services/plain.js', import.meta.url));
const IMPORT = `import { plain } from ${JSON.stringify(PLAIN)};`;

function moduleIn(directory: string, source: string): string {
  writeFileSync(join(directory, 'own.js'), `${IMPORT}\n${source}\n`);
  return './own.js';
}

interface FailingModule {
  readonly what: string;
  readonly source: string;
  readonly status: number;
  readonly message: RegExp;
}

const FAST: readonly FailingModule[] = [
  {
    what: 'throws when it is imported',
    source: "throw new Error('no such database\\nat all');",
    status: 2,
    message: /^--service \.\/own\.js: cannot be loaded \(Error: no such database\); use the path of an ES module$/m,
  },
  {
    what: 'exits',
    source: "console.error('key is missing'); process.exit(3);",
    status: 1,
    message:
      /^--service \.\/own\.js: the module ended its process .* \(exit code 3\); to see why, run: node \.\/own\.js$/m,
  },
  {
    what: 'exits with status 0',
    source: 'process.exit(0);',
    status: 1,
    message: /^--service \.\/own\.js: the module ended its process .* \(exit code 0\); /,
  },
  {
    what: 'throws after a while',
    source: "setTimeout(() => { throw new Error('late'); }, 10); await new Promise(() => {});",
    status: 1,
    message: /^--service \.\/own\.js: the module ended its process .* \(exit code 1\); /,
  },
  {
    what: 'never settles',
    source: "await new Promise(() => {}); export default plain('own', 'OwnService');",
    status: 1,
    message: /^--service \.\/own\.js: a top-level await in the module never settles \(exit code 13\); remove it$/m,
  },
  {
    what: 'exports a function',
    source: "export default () => plain('own', 'OwnService');",
    status: 2,
    message: /^--service \.\/own\.js: the default export: a function is not plain data; use objects, lists, /,
  },
  {
    what: 'has a function in its definition',
    source: "const own = plain('own', 'OwnService'); own.background.good[0].text = () => 'hello'; export default own;",
    status: 2,
    message: /^--service \.\/own\.js: background\.good\[0\]\.text: a function is not plain data; /,
  },
  {
    what: 'has an object of a class in its definition',
    source: "export default { ...plain('own', 'OwnService'), steps: new Map() };",
    status: 2,
    message: /^--service \.\/own\.js: steps: an object of class Map is not plain data; /,
  },
  {
    what: 'exports an object that contains itself',
    source: "const own = plain('own', 'OwnService'); own.background.good.push(own.background); export default own;",
    status: 2,
    message: /^--service \.\/own\.js: background\.good\[1\]: contains itself; write it out$/m,
  },
  {
    what: 'exports nothing',
    source: "console.log('hello');",
    status: 2,
    message: /^--service \.\/own\.js: the default export: nothing is not a service definition$/m,
  },
];

/** These run into the timeout of loading, hence concurrently. */
const SLOW: readonly FailingModule[] = [
  {
    what: 'never settles and keeps a timer',
    source: 'setInterval(() => {}, 1_000); await new Promise(() => {});',
    status: 1,
    message: /^--service \.\/own\.js: the module was not loaded within 10 s; remove the endless loop or the await /,
  },
  {
    what: 'loops and ignores SIGTERM',
    source: "process.on('SIGTERM', () => {}); while (true);",
    status: 1,
    message: /^--service \.\/own\.js: the module was not loaded within 10 s; /,
  },
  {
    what: 'prints endlessly',
    source: "while (true) { console.log('x'.repeat(1_000)); console.error('y'); }",
    status: 1,
    message: /^--service \.\/own\.js: the module was not loaded within 10 s; /,
  },
];

async function expectNothingStarted({ source, status, message }: FailingModule, context: TestContext): Promise<void> {
  const directory = temporaryDirectory(context);
  const ended = await command(directory, 'start', '--service', moduleIn(directory, source));
  expectOneLine(ended, status, message);
  expect(readdirSync(directory)).toEqual(['own.js']);
  expect(existsSync(controlSocketPath(join(directory, 'app.log')))).toBe(false);
}

test.for(FAST)('npm start with a module that $what', expectNothingStarted);
test.concurrent.for(SLOW)('npm start with a module that $what', expectNothingStarted);

test('npm run backfill with a module that exits', async () => {
  const directory = temporaryDirectory();
  const module = moduleIn(directory, 'process.exit(3);');
  const ended = await command(directory, 'backfill', ...RANGE, '--output', 'x.log', '--service', module);
  expectOneLine(ended, 1, /^--service \.\/own\.js: the module ended its process .* \(exit code 3\); /);
  expect(readdirSync(directory)).toEqual(['own.js']);
});

test('of several failing modules the first is reported', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'second.js'), 'throw new Error("second");');
  const first = moduleIn(directory, 'setTimeout(() => process.exit(4), 500); await new Promise(() => {});');
  const ended = await command(directory, 'start', '--service', first, '--service', 'second.js');
  expectOneLine(ended, 1, /^--service \.\/own\.js: .*\(exit code 4\)/);
});

test('output and open handles of a module do not affect the command that loads it', async () => {
  const directory = temporaryDirectory();
  const module = moduleIn(
    directory,
    `const much = 'x'.repeat(1_000_000);
     console.log(much);
     console.error(much);
     setInterval(() => {}, 1_000);
     process.on('exit', () => { while (true); });
     export default { ...plain('own', 'OwnService'), background: {
       ...plain('own', 'OwnService').background,
       good: [{ level: 'INFO', text: 'begin ' + 'aü€😀'.repeat(20_000) + ' end' }],
     } };`,
  );
  const args = ['--from', '2026-11-01', '--lines', '2000', '--rate', '1000', '--service', module, '--own-ratio', '0'];
  const { status, stdout, stderr } = await command(directory, 'backfill', ...args, '--output', '-');
  expect(stderr).toMatch(/^stdout: 2,000 lines, [^\n]*\n$/);
  expect(status).toBe(0);
  const own = stdout.split('\n').filter((line) => line.includes('[OwnService]: '));
  expect(own.length).toBeGreaterThan(5);
  for (const line of own) expect(line.endsWith(`[OwnService]: begin ${'aü€😀'.repeat(20_000)} end`)).toBe(true);
  expect(fileNamesIn(directory)).toEqual(['own.js']);
});
