import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serviceNames } from '../../../../services/index.ts';
import { loadCatalog } from '../../../../services/load-catalog.ts';
import { Simulation } from '../../../../services/simulation/simulation.ts';
import type { ConsoleForm } from '../../../../shared/defaults.ts';
import type { LevelNumber, LogRecord } from '../../../../shared/record.ts';
import { toBatch } from '../../../../supervisor/log/batch.ts';
import { chooseFormatter } from '../../../../supervisor/log/console/console-formatter.ts';
import { NOON, steadyWorld } from '../../../services/worlds.ts';
import { terminal } from '../../../tools/terminal.ts';

const SERVICES = [
  { name: 'api', logName: 'ApiService' },
  { name: 'payment', logName: 'PaymentService' },
  { name: 'shipping', logName: 'ShippingService' },
];

const TIME = Date.UTC(2026, 10, 22, 13, 18, 13, 438);

const record = (level: LevelNumber, msg: string, service = 'ApiService', fields = {}): LogRecord => {
  return { ...fields, level, time: TIME, service, msg };
};

const formatterFor = (stdout: Parameters<typeof chooseFormatter>[0], form: ConsoleForm = 'full') =>
  chooseFormatter(stdout, form, SERVICES);

/** A record as the console shows it. */
async function shown(stdout: Parameters<typeof chooseFormatter>[0], input: LogRecord, form: ConsoleForm = 'full') {
  return (await formatterFor(stdout, form))(toBatch(input)).toString();
}

describe('the full form on a terminal', () => {
  const COLOURED = [terminal({ colors: 16 }), terminal({ colors: 256 })];

  test('is the line of the log file without its colours, for every line of the five services', async () => {
    const simulation = new Simulation(await loadCatalog(), steadyWorld(serviceNames, 5, { rate: 100 }));
    const records = simulation.allLinesBetween(NOON, NOON + 60_000);
    expect(records.length).toBeGreaterThan(5_000);
    const batches = records.map(toBatch);
    const file = Buffer.concat(batches.map(({ bytes }) => bytes)).toString();
    for (const stdout of COLOURED) {
      const format = await formatterFor(stdout);
      const screen = batches.map((batch) => format(batch).toString()).join('');
      expect(screen).toContain('\u001b[');
      expect(stripVTControlCharacters(screen)).toBe(file);
    }
  });

  test('is so for any message', async () => {
    const format = await formatterFor(terminal({ colors: 256 }));
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(' user=u_1', ' request_id=r user=', '\u001b[2J'),
    );
    const messages = fc.array(text).map((parts) => parts.join(''));
    fc.assert(
      fc.property(messages, fc.constantFrom(20, 30, 40, 50), (msg, level) => {
        const batch = toBatch(record(level, msg));
        expect(stripVTControlCharacters(format(batch).toString())).toBe(batch.bytes.toString());
      }),
    );
  });

  test('shows only the line of a record that pino-pretty takes for an error', async () => {
    const input = record(50, 'it failed', 'ApiService', { type: 'Error', stack: 'Error: it failed\n    at here' });
    expect(stripVTControlCharacters(await shown(terminal({ colors: 16 }), input))).toBe(
      '2026-11-22T13:18:13.438Z [ERROR] [ApiService]: it failed\n',
    );
  });

  test('styles of a good line only the time and the ids, faint, and the service', async () => {
    const input = record(30, 'GET / 200 order_id=7 in 3 ms request_id=req_1 user=u_2');
    expect(await shown(terminal({ colors: 256 }), input)).toBe(
      '\u001b[2m2026-11-22T13:18:13.438Z\u001b[22m [INFO] \u001b[38;5;33m[ApiService]\u001b[39m: ' +
        'GET / 200 order_id=7 in 3 ms\u001b[2m request_id=req_1 user=u_2\u001b[22m\n',
    );
  });

  test('colours the level and the message of a bad line', async () => {
    expect(await shown(terminal({ colors: 16 }), record(40, 'slow user=u_2'))).toContain(
      ' \u001b[30;43m[WARNING]\u001b[22;39;49m \u001b[36m[ApiService]\u001b[39m: \u001b[33mslow\u001b[39m\u001b[2m user=u_2',
    );
    expect(await shown(terminal({ colors: 16 }), record(50, 'down'))).toContain(
      ' \u001b[1;97;41m[ERROR]\u001b[22;39;49m \u001b[36m[ApiService]\u001b[39m: \u001b[31mdown\u001b[39m\n',
    );
  });

  test.each([16, 256] as const)(
    'of %i colours has one for each service, and none for the supervisor',
    async (colors) => {
      const tags = await Promise.all(
        ['ApiService', 'PaymentService', 'ShippingService', 'Supervisor'].map(async (name) => {
          const line = await shown(terminal({ colors }), record(30, 'x', name));
          return /INFO\] (.*)\[\w+\]/.exec(line)?.[1];
        }),
      );
      expect(new Set(tags).size).toBe(4);
      expect(tags[3]).toBe('\u001b[1;7m');
    },
  );
});

describe('without colours', () => {
  test('the full form is the line of the log file', async () => {
    const input = record(50, 'down request_id=req_1');
    expect(await shown(terminal({ colors: 0 }), input)).toBe(toBatch(input).bytes.toString());
  });

  test.each([0, 256] as const)('or with them (%i), a backfill is not shown', async (colors) => {
    const backfill = { lines: 1, bytes: Buffer.from('a line of long ago\n'), records: [] };
    expect((await formatterFor(terminal({ colors })))(backfill)).toHaveLength(0);
  });
});

test.each(['full', 'short'] as const)(
  'anything but a terminal gets the bytes of the log file, also in form %s',
  async (form) => {
    const batch = toBatch(record(40, 'ü€😀'));
    // It may have colours by FORCE_COLOR.
    const pipe = { ...terminal({ colors: 256 }), isTTY: false };
    expect((await formatterFor(pipe, form))(batch)).toBe(batch.bytes);
    expect((await formatterFor({} as NodeJS.WriteStream, form))(batch)).toBe(batch.bytes);
  },
);

describe('the short form', () => {
  test.each([
    [20, 'ApiService', '13:18:13.438 DEBUG api        GET /healthz 200 in 3 ms'],
    [30, 'ShippingService', '13:18:13.438 INFO  shipping   GET /healthz 200 in 3 ms'],
    [40, 'PaymentService', '13:18:13.438 WARN  payment    GET /healthz 200 in 3 ms'],
    [50, 'Supervisor', '13:18:13.438 ERROR supervisor GET /healthz 200 in 3 ms'],
  ] as const)('level %i of %s in columns, without the ids: %s', async (level, service, line) => {
    const input = record(level, 'GET /healthz 200 in 3 ms request_id=req_1 user=u_2', service);
    expect(await shown(terminal({ colors: 0 }), input, 'short')).toBe(`${line}\n`);
    expect(stripVTControlCharacters(await shown(terminal({ colors: 256 }), input, 'short'))).toBe(`${line}\n`);
  });

  test('colours time, level, service and message, and leaves the gaps between them plain', async () => {
    expect(await shown(terminal({ colors: 16 }), record(40, 'slow', 'PaymentService'), 'short')).toBe(
      '\u001b[2m13:18:13.438\u001b[22m \u001b[30;43mWARN\u001b[22;39;49m  \u001b[35mpayment\u001b[39m    \u001b[33mslow\u001b[39m\n',
    );
  });

  test.each([200, 80, 40, 30, 20, 15, 5, 1])(
    'takes one row of %i cells, with an ellipsis at its end',
    async (columns) => {
      for (const colors of [0, 256] as const) {
        const line = await shown(terminal({ colors, columns }), record(40, 'x'.repeat(300)), 'short');
        const text = stripVTControlCharacters(line);
        expect(text).toMatch(/^[^\n]*…\n$/);
        expect(text).toHaveLength(columns + 1);
      }
    },
  );

  test('follows the width of the terminal, which is 80 cells if it reports none', async () => {
    const stdout = { ...terminal({ colors: 0, columns: 100 }) };
    const format = await formatterFor(stdout, 'short');
    const length = () => format(toBatch(record(30, 'x'.repeat(300)))).toString().length - 1;
    expect(length()).toBe(100);
    stdout.columns = 60;
    expect(length()).toBe(60);
    stdout.columns = 0;
    expect(length()).toBe(80);
  });

  test('cuts a long service name', async () => {
    const services = [{ name: 'a-service-with-a-very-long-name', logName: 'LongService' }];
    const format = await chooseFormatter(terminal({ colors: 0 }), 'short', services);
    expect(format(toBatch(record(30, 'x', 'LongService'))).toString()).toBe('13:18:13.438 INFO  a-service-with-… x\n');
  });
});
