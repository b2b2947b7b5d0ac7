import { describe, expect, test } from 'vitest';
import { getCurrentRatios, type Ratios, UserError, updateRatios } from '../../shared/index.ts';

type Options = Parameters<typeof getCurrentRatios>[0];

async function expectUserError(call: Promise<unknown>, code: string, message: string): Promise<void> {
  const error = await call.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ code, message });
}

describe('invalid ratios', () => {
  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [7, '7'],
    ['api', '"api"'],
    [[7], '[ 7 ]'],
    [new Map([['api', 7]]), "Map(1) { 'api' => 7 }"],
    [Promise.resolve({ api: 7 }), 'Promise { [Object] }'],
  ])('%j', async (ratios, shown) => {
    const message = `ratios: ${shown} is invalid; use an object such as { api: 7 }`;
    await expectUserError(updateRatios(ratios as unknown as Ratios), 'bad-request', message);
  });
});

describe('options that must not select the default fleet', () => {
  const EXAMPLE = "{ logFile: 'app.log' }";
  test.each([
    [null, `options: null is invalid; use an object such as ${EXAMPLE}`],
    ['app.log', `options: "app.log" is invalid; use an object such as ${EXAMPLE}`],
    [['app.log'], `options: [ 'app.log' ] is invalid; use an object such as ${EXAMPLE}`],
    [{ logfile: 'x' }, `options: there is no "logfile"; use ${EXAMPLE}`],
    [{ logFile: 5 }, `logFile: 5 is invalid; use a path, for example ${EXAMPLE}`],
    [{ logFile: '' }, `logFile: "" is invalid; use a path, for example ${EXAMPLE}`],
    [{ logFile: null }, `logFile: null is invalid; use a path, for example ${EXAMPLE}`],
  ])('%j', async (options, message) => {
    await expectUserError(getCurrentRatios(options as Options), 'bad-option', message);
    await expectUserError(updateRatios({ api: 7 }, options as Options), 'bad-option', message);
  });
});

test.each([undefined, {}, { logFile: undefined }])('%j selects the default fleet', async (options) => {
  await expect(getCurrentRatios(options as Options)).rejects.toMatchObject({
    code: 'no-fleet',
    message: expect.stringMatching(/\/app\.log; start one with: npm start$/),
  });
});
