import { describe, expect, test } from 'vitest';
import { readTailQuery } from '../../../supervisor/page/tail/line-filter.ts';

const services = [
  { name: 'api', logName: 'ApiService' },
  { name: 'auth', logName: 'AuthService' },
];

const LINES = {
  api: '2026-11-01T00:03:01.520Z [ERROR] [ApiService]: GET /cart failed request_id=req_0a1b',
  auth: '2026-11-01T00:03:01.520Z [INFO] [AuthService]: [ApiService] asked, [ERROR] Über request_id=req_0a1b',
  supervisor: '2026-11-01T00:03:01.520Z [WARNING] [Supervisor]: api died',
} as const;

function passing(query: Readonly<Record<string, string>>): readonly string[] {
  const { filter } = readTailQuery(query, services);
  return Object.entries(LINES)
    .filter(([, line]) => filter?.(line) ?? true)
    .map(([name]) => name);
}

describe('lines that pass', () => {
  test.each([
    [{}, ['api', 'auth', 'supervisor']],
    [{ services: 'api' }, ['api']],
    [{ services: 'supervisor,auth' }, ['auth', 'supervisor']],
    [{ levels: 'ERROR' }, ['api']],
    [{ levels: 'ERROR,WARNING' }, ['api', 'supervisor']],
    [{ text: 'REQ_0A1B' }, ['api', 'auth']],
    [{ text: 'über' }, ['auth']],
    [{ text: '/cart', services: 'auth' }, []],
    [{ text: 'req_', services: 'api,auth', levels: 'INFO' }, ['auth']],
    [{ services: '', levels: '', text: '' }, ['api', 'auth', 'supervisor']],
  ])('%j: %j', (query, names) => {
    expect(passing(query as Record<string, string>)).toEqual(names);
  });

  test('all of them are told apart from some, which have to be looked at', () => {
    expect(readTailQuery({}, services)).toEqual({ filter: undefined, past: 200 });
    expect(readTailQuery({ past: '0' }, services)).toEqual({ filter: undefined, past: 0 });
    expect(readTailQuery({ past: '1000', text: 'a' }, services)).toMatchObject({ past: 1_000 });
  });
});

test.each([
  [
    { services: 'api,nobody' },
    'unknown-service',
    'services: "nobody": no such service; use some of api, auth, supervisor',
  ],
  [{ levels: 'error' }, 'bad-request', 'levels: "error": no such level; use some of DEBUG, INFO, WARNING, ERROR'],
  [{ past: '1001' }, 'bad-request', 'past: "1001": use a whole number from 0 to 1000'],
  [{ past: '-1' }, 'bad-request', 'past: "-1": use a whole number from 0 to 1000'],
  [{ past: '1e3' }, 'bad-request', 'past: "1e3": use a whole number from 0 to 1000'],
  [{ text: ['a', 'b'] }, 'bad-request', 'text: given twice; use it once'],
  [{ text: 'x'.repeat(501) }, 'bad-request', 'text: has 501 characters; use 500 at most'],
  [{ service: 'api' }, 'bad-request', '"service" is no parameter; use services, levels, text, past'],
  [JSON.parse('{"__proto__": "x"}'), 'bad-request', '"__proto__" is no parameter; use services, levels, text, past'],
])('refused: %j', (query, code, message) => {
  expect(() => readTailQuery(query, services)).toThrow(expect.objectContaining({ code, message }));
});
