/** What the compiler refuses: each line below an @ts-expect-error is one; `npm run check` compiles this file. */

import { expect, test } from 'vitest';
import {
  buildersFor,
  debug,
  defineService,
  error,
  info,
  slow,
  timeout,
  unreachable,
  type Variant,
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
  ];
  expect(texts.length).toBe(9);
});

const state = {
  constants: { queue_size: '200|400' },
  gauges: { queued: { usual: [0, 12], during: { scanner_offline: [60, 'queue_size'] } } },
  targets: { scanner: ['dock-1', 'dock-2'] },
  faults: { scanner_offline: { target: 'scanner' } },
} as const;

test('builders for a service accept its constants, gauges and targets, and nothing else', async () => {
  const own = buildersFor(state);
  const known = [
    own.info('{queued} of {queue_size} parcels of {order} queued'),
    own.debug('{scanner} ready, {left:1..9} of {left} at {dock}', { values: { dock: 'a|b' } }),
    own.warn('scanner_offline', '{scanner} silent', { when: { least: { queued: 9 } } }),
    own.error('scanner_offline', `{scanner} silent ${1} times`, { fails: 503 }),
    own.timeout('scan_timeout', 'scan at {scanner}', { minMs: 100 }, ', {queued} queued'),
    own.slow('scan_slow', 'scan at {scanner}', {}, ', {queued} of {queue_size} queued'),
  ];
  const unknown = [
    // @ts-expect-error: none of them has this name
    own.info('{queud} parcels queued'),
    // @ts-expect-error: its value has another name
    own.debug('{scanner} at {dock}', { values: { doc: 'a|b' } }),
    // @ts-expect-error: a fault is no placeholder
    own.warn('scanner_offline', '{scanner_offline}'),
    // @ts-expect-error: in a template literal too
    own.error('scanner_offline', `{scaner} silent ${1} times`),
    // @ts-expect-error: in what times out
    own.timeout('scan_timeout', 'scan at {scaner}'),
    // @ts-expect-error: in what follows
    own.timeout('scan_timeout', 'scan', {}, ', {queud} queued'),
    // @ts-expect-error: in what is slow
    own.slow('scan_slow', 'scan at {scaner}'),
    // @ts-expect-error: in what follows
    own.slow('scan_slow', 'scan', {}, ', {queue_sise} at most'),
    // @ts-expect-error: a builder of no service knows none of them
    info('{queued} parcels queued'),
    // @ts-expect-error: in what times out
    timeout('scan_timeout', 'scan at {scanner}'),
  ];
  expect(unknown).toHaveLength(10);
  const [reported, ready, silent, failed, timedOut, late] = known as [
    Variant,
    Variant,
    Variant,
    Variant,
    Variant,
    Variant,
  ];
  const definition = {
    ...{ name: 'shipping', logName: 'ShippingService', dependsOn: [], ...state },
    steps: {
      'checkout.deliver': { good: [reported, ready], bad: [step.bad[0] as Variant, silent, failed, timedOut, late] },
    },
    background,
  } as const;
  expect(validateDefinition(defineService(definition), await loadBuiltIn(), journeys)).toEqual([]);
});

test('builders for a service with constants alone know no others', () => {
  const own = buildersFor({ constants: { queue_size: 8 } });
  expect(own.info('{queue_size} at most')).toEqual({ level: 'INFO', text: '{queue_size} at most' });
  // @ts-expect-error: another name
  expect(own.info('{queued} queued')).toEqual({ level: 'INFO', text: '{queued} queued' });
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
