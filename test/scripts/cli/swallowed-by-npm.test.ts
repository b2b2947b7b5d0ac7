import { describe, expect, test } from 'vitest';
import { rejectFlagsSwallowedByNpm } from '../../../scripts/cli/swallowed-by-npm.ts';

const command = {
  usage: 'npm start -- [options]',
  options: {
    all: { type: 'string', describe: '' },
    json: { type: 'boolean', describe: '' },
    'api-ratio': { type: 'string', describe: '' },
    'log-file': { type: 'string', describe: '' },
    console: { type: 'string', describe: '' },
    'no-console': { type: 'boolean', describe: '' },
    service: { type: 'string', isRepeatable: true, describe: '' },
    // Services of the user's own: four named like settings of npm, and one that is not.
    audit: { type: 'string', describe: '', isUserDefined: true },
    cache: { type: 'string', describe: '', isUserDefined: true },
    prefix: { type: 'string', describe: '', isUserDefined: true },
    'user-agent': { type: 'string', describe: '', isUserDefined: true },
    shipping: { type: 'string', describe: '', isUserDefined: true },
  },
} as const;

/** @param typed args that npm passed on */
function check(env: Readonly<Record<string, string>>, typed = '', script = 'start') {
  const args = typed.split(' ').filter((word) => word !== '');
  rejectFlagsSwallowedByNpm(script, command, args, { npm_lifecycle_event: 'start', ...env });
}

describe('an option that npm kept is an error', () => {
  test.each([
    [{ npm_config_api_ratio: '3' }, '', '--api-ratio 3'],
    [{ npm_config_api_ratio: 'true' }, '3', '--api-ratio 3'],
    [{ npm_config_api_ratio: 'true' }, '', '--api-ratio ...'],
    [{ npm_config_api_ratio: '' }, '', '--api-ratio ...'],
    [{ npm_config_api_ratio: 'true' }, '--json 4', '--api-ratio ...'],
    [{ npm_config_api_ratio: '3', npm_config_log_file: 'a b.log' }, '', "--api-ratio 3 --log-file 'a b.log'"],
    [{ npm_config_api_ratio: 'true', npm_config_log_file: 'true' }, 'x.log 3', '--api-ratio ... --log-file ...'],
    [{ npm_config_console: '' }, '', '--no-console'],
    [{ npm_config_console: 'short' }, '', '--console short'],
    [{ npm_config_console: 'true' }, '', '--console ...'],
    [{ npm_config_console: 'true' }, 'short', '--console short'],
    [{ npm_config_shipping: '5' }, '', '--shipping 5'],
    [{ npm_config_shipping: 'true' }, '5', '--shipping 5'],
    [{ npm_config_shipping: '2.5' }, '--json', '--shipping 2.5'],
    [{ npm_config_service: './a.js\n\n./b.js' }, '', '--service ./a.js'],
    [{ npm_config_all: 'true' }, '5', '--all 5'],
  ])('%j and %j: %s', (env, args, typed) => {
    const [flag] = typed.split(' ');
    const message = `${flag}: npm kept it for itself; put -- before the options: npm start -- ${typed}`;
    expect(() => check(env as Record<string, string>, args)).toThrow(
      expect.objectContaining({ code: 'bad-option', message }),
    );
  });
});

test.each([
  [{ npm_config_log_file: 'x.log' }, ['stop', 'api'], 'stop api --log-file x.log'],
  [{ npm_config_log_file: 'true' }, ['stop', 'api', 'x.log'], 'stop api --log-file x.log'],
])('%j beside the arguments %j of a command that takes two: %s', (env, args, typed) => {
  const services = { ...command, usage: 'npm run services -- [options]', maxPositionals: 2 };
  const check = () =>
    rejectFlagsSwallowedByNpm('services', services, args, { npm_lifecycle_event: 'services', ...env });
  expect(check).toThrow(`--log-file: npm kept it for itself; put -- before the options: npm run services -- ${typed}`);
});

/** Some of the variables that npm 11 sets for every script. */
const ALWAYS = {
  npm_config_audit: '',
  npm_config_cache: '/home/demo/.npm',
  npm_config_prefix: '/usr',
  npm_config_user_agent: 'npm/11.19.1 node/v20.20.2 linux x64 workspaces/false',
};

describe('no error for', () => {
  test.each([
    ['nothing', {}, ''],
    ['an option of another command', { npm_config_workers: '2' }, ''],
    ['a setting of npm', { npm_config_json: 'true', npm_config_all: 'true' }, ''],
    ['a setting of npm beside options', { npm_config_all: 'true' }, '--api-ratio 3'],
    ['what npm always sets', ALWAYS, ''],
    ['what npm always sets, beside an argument', ALWAYS, '5'],
    ['services named like what npm always sets', ALWAYS, '--cache 5 --prefix=3 --audit 2'],
    ['an option that was passed on', { npm_config_api_ratio: '3' }, '--api-ratio 4'],
    ['an option that was passed on with =', { npm_config_log_file: 'true' }, '--log-file=x.log'],
  ])('%s: %j and %j', (_what, env, args) => {
    expect(() => check(env as Record<string, string>, args)).not.toThrow();
  });

  test('options of the script that runs this one', () => {
    expect(() => check({ npm_config_api_ratio: '3', npm_lifecycle_event: 'test' })).not.toThrow();
    expect(() => check({ npm_config_api_ratio: '3' }, '', 'stop')).not.toThrow();
  });
});
