import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../tools/temporary.ts';

const CLI = fileURLToPath(new URL('../../dist/scripts/cli.js', import.meta.url));

/** Runs a command in a new directory. */
function run(...args: readonly string[]) {
  const cwd = temporaryDirectory();
  const env = { ...process.env, LANG: 'de_DE.UTF-8' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { cwd, env, encoding: 'utf8' });
  return { cwd, status, stdout, stderr };
}

/** Mistakes in the arguments alone; the others are in `e2e/mistakes.test.ts`. */
describe('a mistake is one line in English, status 2', () => {
  test.each([
    [['start', '--api-ratio'], /^--api-ratio: needs a value, for example --api-ratio 2\.5$/],
    [['start', '--api-ratio', '--no-console'], /^--api-ratio: needs a value, for example --api-ratio 2\.5$/],
    [['start', '--no-api-ratio'], /^--no-api-ratio: no such option; see: npm start -- --help$/],
    [['start', '--no-console=1'], /^--no-console: takes no value$/],
    [['start', '--service'], /^--service: needs a value, for example --service \.\/shipping\.js$/],
    [['ratios', '--all'], /^--all: needs a value, for example --all 2\.5$/],
    [['ratios', '--api', '--auth', '3'], /^--api: needs a value, for example --api 2\.5$/],
    [['ratios', '--log-file=', '--shipping', '3'], /^--log-file: needs a value, for example --log-file app\.log$/],
    [['ratios', 'api', '3'], /^"api": not expected here; did you mean --api 3\?$/],
    [['ratios', 'get'], /^"get": not expected here; did you mean --get\?$/],
    [['services', 'stop', 'api', 'auth'], /^"auth": not expected here; see: npm run services -- --help$/],
    [['incident', 'begin'], /^"begin": no such action; use list, show, start or stop$/],
    [['incident', 'strt', 'quiet'], /^"strt": no such action; did you mean start\?$/],
    [['incident', 'toString'], /^"toString": no such action; use list, show, start or stop$/],
    [['incident', 'list', 'quiet'], /^"quiet": not expected after list; leave it out$/],
    [['incident', 'stop', 'a', 'b'], /^"b": not expected here; see: npm run incident -- --help$/],
    [
      ['incident', 'show'],
      /^show: needs an incident type, for example npm run incident -- show payment-provider-down$/,
    ],
    [['incident', 'start'], /^start: needs an incident type, for example npm run incident -- start payment-provider-/],
    [['incident', 'stop'], /^stop: needs the id of an incident or --all, for example npm run incident -- stop payment/],
    [['incident', 'stop', 'a', '--all'], /^--all: stops every incident; leave out either it or a$/],
    [['incident', '--at-once'], /^--at-once: only with start or stop; leave it out$/],
    [['incident', '--all'], /^--all: only with stop; leave it out$/],
    [['incident', 'show', 'quiet', '--for', '10m'], /^--for: only with start; leave it out$/],
    [['incident', 'stop', 'a', '--severity', '1'], /^--severity: only with start; leave it out$/],
    [
      ['incident', 'start', 'quiet', '--for', '5'],
      /^--for: "5" is invalid; use a length of time such as 90s, 24h, 1h30m, 7d or 2w$/,
    ],
    [['incident', 'start', 'quiet', '--severity', '2'], /^--severity: "2" is invalid; use a number from 0\.1 to 1, /],
    [['incident', 'start', 'quiet', '--id', 'a b'], /^--id: "a b" is invalid; use up to 64 letters, digits, /],
    [['incident', 'start', 'quiet', '--id'], /^--id: needs a value, for example --id checkout-outage$/],
    [
      ['incident', 'show', 'quite'],
      /^"quite": no such incident type; did you mean quiet\? All are listed by: npm run /,
    ],
    [['stop', 'now'], /^"now": not expected here; see: npm stop -- --help$/],
    [['start', '8'], /^"8": not expected here; see: npm start -- --help$/],
    [['start', '--shipping-ratio', '3'], /^--shipping-ratio: no such option; .* --service \.\/shipping\.js$/],
    [
      ['ratios', '--api-ratio', '3'],
      /^--api-ratio: no such option; did you mean --api 3\? See: npm run ratios -- --help$/,
    ],
    [['start', '--api=3'], /^--api: no such option; did you mean --api-ratio 3\? See: npm start -- --help$/],
    [['start', '--', '--rate', '0'], /^--rate: "0" /],
    [
      ['start', '--traffic', 'wild'],
      /^--traffic: "wild" is invalid; use steady, bursty or daily, for example --traffic steady$/,
    ],
    [
      ['backfill', '--from', '-1h', '--output', 'x.log', '--traffic', 'wild'],
      /^--traffic: "wild" is invalid; use steady, bursty or daily, for example --traffic steady$/,
    ],
    [['start', '--rate', '5', '--', '--seed', '5'], /^"--seed": not expected here; see: npm start -- --help$/],
    [['services', '--jsn'], /^--jsn: no such option; did you mean --json\? See: npm run services -- --help$/],
    [['socket', '--log-file='], /^--log-file: needs a value, for example --log-file app\.log$/],
  ])('%j', (args, message) => {
    const { cwd, status, stdout, stderr } = run(...args);
    expect(stderr.slice(0, -1)).toMatch(message);
    expect(stderr.split('\n')).toHaveLength(2);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(readdirSync(cwd)).toEqual([]);
  });
});

test('an option that may be a service of the running fleet needs the fleet', () => {
  const { status, stderr } = run('ratios', '--shipping', '3');
  expect(stderr).toMatch(/^no fleet writes to .*\/app\.log; start one with: npm start\n$/);
  expect(status).toBe(1);
});

describe('what there is to start is shown without a fleet', () => {
  test.each([
    [['incident', 'list'], /^payment-provider-down +payment +15 min +1 +payment provider adyen answers nothing$/m],
    [['incident', 'list', '--json'], /^\{"types":\[\{"name":"payment-provider-down",/],
    [['incident', 'show', 'payment-provider-down'], /^--target +adyen \(default\), stripe, worldpay$/m],
    [['incident', 'show', 'quiet', '--json'], /^\{"name":"quiet","title":"nothing is wrong",/],
  ])('%j', (args, text) => {
    expect(run(...args)).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(text) });
  });
});

describe('help, in English, status 0', () => {
  test.each([
    [['--help'], ['npm start', 'npm run ratios', 'npm stop']],
    [['-h'], ['npm start', 'npm run ratios', 'npm stop']],
    [
      ['start', '-h'],
      ['--payment-ratio', '-h, --help', '-v, --version'],
    ],
    [['ratios', '--', '-h'], ['--payment']],
    [
      ['start', '--help'],
      ['--payment-ratio', '--rate', '--seed', '--log-file', '--no-console', '--service', 'Examples:'],
    ],
    [
      ['ratios', '--help'],
      ['--api', '--payment', '--get', '--all', '--json', '--log-file'],
    ],
    [
      ['incident', '--help'],
      ['list|show TYPE|start TYPE|stop ID', '--for', '--at-once', '--no-red-herrings'],
    ],
    [
      ['services', '--help'],
      ['restart|kill|stop|start NAME', '--json'],
    ],
    [
      ['stop', '--help'],
      ['--log-file', 'Stops the running fleet'],
    ],
    [['socket', '--help'], ['curl --unix-socket']],
  ])('%j', (args, parts) => {
    const { status, stdout, stderr } = run(...args);
    for (const part of parts) expect(stdout).toContain(part);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.each([[['--version']], [['-v']], [['start', '--version']], [['ratios', '--version']], [['ratios', '-v']]])(
    '%j',
    (args) => {
      expect(run(...args)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    },
  );
});

test('socket prints the path of the control socket', () => {
  expect(run('socket').stdout).toMatch(/^\/tmp\/demo-logs-\d+.*\/[0-9a-f]+\.sock\n$/);
});
