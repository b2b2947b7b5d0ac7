import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { expectOneLine } from '../tools/expect-one-line.ts';
import { CLI, command, ROOT, run } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';
import { startFleet } from './fleet.ts';

const SHIPPING = fileURLToPath(new URL('../fixtures/shipping.js', import.meta.url));

describe('npm start with a mistake starts nothing and says what to type instead', () => {
  test.each([
    [['--api-ratio', '11'], 2, /^--api-ratio: "11" is not a ratio; use 0 to 10 .* for example --api-ratio 2\.5$/m],
    [['--api-ratio', '-1'], 2, /^--api-ratio: "-1" is not a ratio; /],
    [['--api-ratio=-1'], 2, /^--api-ratio: "-1" is not a ratio; /],
    [['--api-ratio', 'abc'], 2, /^--api-ratio: "abc" is not a ratio; /],
    [['--api-ratio', '2.55'], 2, /^--api-ratio: "2\.55" is not a ratio; /],
    [['--api-ratio', '1e1'], 2, /^--api-ratio: "1e1" is not a ratio; /],
    [['--api-ratio='], 2, /^--api-ratio: needs a value, for example --api-ratio 2\.5$/m],
    [['--api-ratio', ''], 2, /^--api-ratio: needs a value, for example --api-ratio 2\.5$/m],
    [['--api-ratio', '3', '--api-ratio', '4'], 2, /^--api-ratio: given twice; /],
    [['--shop-ratio', '3'], 2, /^--shop-ratio: no such option; /],
    [['--api-rato', '3'], 2, /^--api-rato: no such option; did you mean --api-ratio 3\? /],
    [['--rate', '0'], 2, /^--rate: "0" is invalid; use a number from 0\.1 to 1000000/],
    [['--rate', 'fast'], 2, /^--rate: "fast" is invalid; /],
    [['--seed', '1.5'], 2, /^--seed: "1\.5" is invalid; use a whole number /],
    [
      ['--max-size', '10'],
      2,
      /^--max-size: "10" is invalid; use a size from 1KB to 1000GB or 0 for never, for example --max-size 100MB$/m,
    ],
    [['--backfill', '24'], 2, /^--backfill: "24" is invalid; use a length of time such as 90s, 24h, /],
    [['--backfill', '-24h'], 2, /^--backfill: "-24h" is invalid; /],
    [['--backfill', '0d'], 2, /^--backfill: "0d" is invalid; /],
    [['--backfill', '100000d'], 2, /^--backfill: "100000d" is invalid; /],
    [['--backfill='], 2, /^--backfill: needs a value, for example --backfill 24h$/m],
    [['--max-size', '10MiB'], 2, /^--max-size: "10MiB" is invalid; /],
    [['--max-size', '-1'], 2, /^--max-size: "-1" is invalid; /],
    [['--max-size', ''], 2, /^--max-size: needs a value, for example --max-size 100MB$/m],
    [['--keep', '2.5'], 2, /^--keep: "2\.5" is invalid; use a whole number from 0 to 1000, for example --keep 5$/m],
    [['--keep', '1001'], 2, /^--keep: "1001" is invalid; /],
    [['--log-file', ''], 2, /^--log-file: needs a value/],
    [
      ['--log-file', 'missing/app.log'],
      1,
      /^--log-file: .*missing\/app\.log cannot be written: its directory does not exist; /,
    ],
    [['--log-file', '.'], 1, /^--log-file: .* cannot be written: it is a directory; /],
    [['--service', 'missing.js'], 2, /^--service missing\.js: cannot be loaded /],
    [
      ['--service', 'faulty.js'],
      2,
      /^--service faulty\.js: steps\.checkout\.queue\.good\[0\]\.level: "LOUD" is invalid; /,
    ],
    [['--service', SHIPPING, '--service', SHIPPING], 2, /^--service .*shipping\.js: name: "shipping" is taken/],
    [['now'], 2, /^"now": not expected here/],
  ] as const)('%j', async (args, status, message) => {
    const directory = temporaryDirectory();
    writeFileSync(
      join(directory, 'faulty.js'),
      `import good from ${JSON.stringify(SHIPPING)}; const bad = structuredClone(good); bad.steps['checkout.queue'].good[0].level = 'LOUD'; export default bad;`,
    );
    expectOneLine(await command(directory, 'start', ...args), status, message);
    expect(readdirSync(directory)).toEqual(['faulty.js']);
  });

  test('a log file without write permission', async ({ skip }) => {
    // Root may write everywhere and tries it as nobody, who may need access to Node and to this folder.
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const probe = await run(process.execPath, [CLI, '--version'], '/', user).catch(() => undefined);
    skip(probe?.status !== 0, 'run by root in a folder that other users cannot read');
    const ended = await run(process.execPath, [CLI, 'start', '--log-file', '/etc/app.log'], '/', user);
    expectOneLine(ended, 1, /^--log-file: \/etc\/app\.log cannot be written: permission denied; /);
  });
});

describe('an option that npm keeps for itself is reported with where to put --', () => {
  test.each([
    [['start', '--api-ratio', '3'], /^--api-ratio: npm kept it for itself; .*: npm start -- --api-ratio 3$/m],
    [['stop', '--log-file=two.log'], /^--log-file: npm kept it for itself; .*: npm stop -- --log-file two\.log$/m],
    [['run', 'ratios', '--api=9'], /^--api: npm kept it for itself; .*: npm run ratios -- --api 9$/m],
    [['run', 'ratios', '--all', '5'], /^--all: npm kept it for itself; .*: npm run ratios -- --all 5$/m],
  ])('%j', async (args, message) => {
    expectOneLine(await run('npm', ['--silent', ...args], ROOT), 2, message);
  });
});

describe('commands without a fleet', () => {
  test.each([
    [['ratios', '--get']],
    [['ratios', '--api', '3']],
    [['services']],
    [['services', 'restart', 'api']],
    [['incident']],
    [['incident', 'start', 'quiet']],
    [['incident', 'stop', 'quiet-1']],
    [['incident', 'stop', '--all']],
    [['stop']],
  ])('%j', async (args) => {
    const directory = temporaryDirectory();
    expectOneLine(await command(directory, ...args), 1, /^no fleet writes to .*app\.log; start one with: npm start$/m);
    expect(existsSync(join(directory, 'app.log'))).toBe(false);
  });

  test.each([
    [['ratios', '--api', '11'], /^--api: "11" is not a ratio; /],
    [['ratios', '--api', '3', '--api', '4'], /^--api: given twice; /],
    [['services', 'pause', 'api'], /pause/],
    [[], /^no command given; use start, /],
    [['begin'], /^"begin": no such command; use start, /],
  ])('%j is reported as a mistake, not as a missing fleet', async (args, message) => {
    expectOneLine(await command(temporaryDirectory(), ...args), 2, message);
  });
});

test('commands with a mistake change nothing in a running fleet', async () => {
  const fleet = await startFleet('--payment-ratio', '3');
  const ratios = (await fleet.command('ratios', '--get', '--json')).stdout;
  const sameDirectory = `../${fleet.directory.split('/').at(-1)}`;
  const second = new RegExp(`pid ${fleet.pid}\\b`);
  const rows = [
    [['ratios', '--api', '3', '--payment', '11'], 2, /^--payment: "11" is not a ratio; /],
    [['ratios', '--api', '-1'], 2, /^--api: "-1" is not a ratio; /],
    [['ratios', '--api', ''], 2, /^--api: needs a value, for example --api 2\.5$/m],
    [['ratios', '--api', '3', '--shop', '4'], 2, /shop/],
    [['ratios', '--all', '2.55'], 2, /^--all: "2\.55" is not a ratio; /],
    [['ratios', '--get', '--api', '3'], 2, /--get/],
    [['services', 'restart', 'shop'], 2, /^shop: no such service in this fleet; it has api, auth, /],
    [['services', 'restart'], 2, /restart/],
    [['services', 'start', 'api'], 1, /api/],
    [['stop', 'api'], 2, /^"api": not expected here/],
    [['start'], 1, second],
    [['start', '--log-file', `${sameDirectory}/app.log`], 1, second],
  ] as const;
  for (const [args, status, message] of rows) {
    const ended = await fleet.command(...args);
    expectOneLine(ended, status, message);
  }
  expect((await fleet.command('ratios', '--get', '--json')).stdout).toBe(ratios);
  expect((await fleet.services()).map(({ state, restarts }) => [state, restarts])).toEqual(Array(5).fill(['up', 0]));
  await fleet.stop();
});
