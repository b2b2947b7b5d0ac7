/** What the compiler refuses: each line below an @ts-expect-error is one; `npm run check` compiles this file. */

import { expect, test } from 'vitest';
import {
  debug,
  defineService,
  error,
  info,
  poolExhausted,
  slow,
  timeout,
  unreachable,
  warn,
} from '../../../services/definition/index.ts';
import { validateDefinition } from '../../../services/definition/validation/validate-definition.ts';
import { loadBuiltIn } from '../../../services/index.ts';
import { journeys } from '../../../services/journeys.ts';

const step = { good: [info('done')], bad: [warn('slow_disk', 'disk is slow')] };
const background = { perPage: 1, ...step };

test('the compiler refuses an unknown placeholder', () => {
  const texts = [
    info('{order} of {user}, attempt {attempt:1..3} of {attempt}'),
    info('{pages} pages', { values: { pages: '1..9' } }),
    // @ts-expect-error: it has no value
    info('{pages} pages'),
    // @ts-expect-error: it has another name
    debug('{ordre} done'),
    // @ts-expect-error: its value has another name
    warn('low_ink', '{ink} % ink left', { values: { inc: '1..9' } }),
    // @ts-expect-error: in a template literal too
    error('jammed', `{printer} jammed ${1} times`),
    // @ts-expect-error: in what times out
    timeout('scan_timeout', 'scan of {parcel}', { minMs: 100 }),
    // @ts-expect-error: in what follows
    slow('scan_slow', 'scan', { minMs: 100 }, ' at {scaner}'),
    // @ts-expect-error: in the consequence
    unreachable('auth', '{parcle} kept'),
    // @ts-expect-error: in what is exhausted
    poolExhausted('connection to {databse}', { max: '20|30', waiting: '3~60' }),
  ];
  expect(texts.length).toBe(10);
});

test('the compiler refuses an unknown journey, stage or dependency', async () => {
  const definition = { name: 'shipping', logName: 'ShippingService', dependsOn: ['payment'], background } as const;
  const own = { pickup: { perPage: 2, actor: 'system', stages: { load: [1, 9] } } } as const;
  const valid = defineService({
    ...definition,
    journeys: own,
    steps: { 'checkout.deliver': step, 'pickup.load': step },
  });
  // @ts-expect-error: a journey that nobody has
  defineService({ ...definition, steps: { 'chekout.deliver': step } });
  // @ts-expect-error: a stage that checkout does not have
  defineService({ ...definition, steps: { 'checkout.pack': step } });
  // @ts-expect-error: a stage that its own journey does not have
  defineService({ ...definition, journeys: own, steps: { 'pickup.unload': step } });
  // @ts-expect-error: a service that is not one of the five
  defineService({ ...definition, dependsOn: ['warehouse'], steps: {} });
  expect(validateDefinition(valid, await loadBuiltIn(), journeys)).toEqual([]);
});
