import { describe, expect, test } from 'vitest';
import { getCurrentRatios, type Ratios, UserError, updateRatios } from '../../shared/index.ts';

type Choice = Parameters<typeof getCurrentRatios>[0];

async function expectRefusal(call: Promise<unknown>, code: string, message: string): Promise<void> {
  const error = await call.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ code, message });
}

describe('ratios that are none', () => {
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
    await expectRefusal(updateRatios(ratios as unknown as Ratios), 'bad-request', message);
  });
});

describe('a choice that would mean the default fleet', () => {
  const ADVICE = "{ logFile: 'app.log' }";
  test.each([
    [null, `choice of a fleet: null is invalid; use an object such as ${ADVICE}`],
    ['app.log', `choice of a fleet: "app.log" is invalid; use an object such as ${ADVICE}`],
    [['app.log'], `choice of a fleet: [ 'app.log' ] is invalid; use an object such as ${ADVICE}`],
    [{ logfile: 'x' }, `"logfile": no such key in the choice of a fleet; use ${ADVICE}`],
    [{ logFile: 5 }, `logFile: 5 is invalid; use a path, for example ${ADVICE}`],
    [{ logFile: '' }, `logFile: "" is invalid; use a path, for example ${ADVICE}`],
    [{ logFile: null }, `logFile: null is invalid; use a path, for example ${ADVICE}`],
  ])('%j', async (choice, message) => {
    await expectRefusal(getCurrentRatios(choice as Choice), 'bad-option', message);
    await expectRefusal(updateRatios({ api: 7 }, choice as Choice), 'bad-option', message);
  });
});

test.each([undefined, {}, { logFile: undefined }])('%j means the default fleet', async (choice) => {
  await expect(getCurrentRatios(choice as Choice)).rejects.toMatchObject({
    code: 'no-fleet',
    message: expect.stringMatching(/\/app\.log; start one with: npm start$/),
  });
});
