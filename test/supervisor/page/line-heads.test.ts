import { expect, test } from 'vitest';
import { formatRecord, LEVEL_NUMBERS, type Level } from '../../../shared/record.ts';
import { forEachHead, isEvent, lastSecond } from '../../../supervisor/page/history/line-heads.ts';

const AT = Date.parse('2026-11-01T00:03:01.520Z');

function lineOf(level: Level, service: string, msg: string, time = AT): string {
  return `${formatRecord({ level: LEVEL_NUMBERS[level], time, service, msg })}\n`;
}

function headsOf(text: string) {
  const bytes = Buffer.from(text);
  const heads: { second: number; severity: number; service: string; line: string }[] = [];
  forEachHead(bytes, ({ second, severity, service, from, to }) => {
    heads.push({ second, severity, service, line: bytes.toString('utf8', from, to) });
  });
  return heads;
}

test.each([
  ['DEBUG', 0],
  ['INFO', 0],
  ['WARNING', 1],
  ['ERROR', 2],
] as const)('the head of a line of level %s', (level, severity) => {
  const line = lineOf(level, 'ApiService', 'a message');
  const second = Date.parse('2026-11-01T00:03:01Z');
  expect(headsOf(line)).toEqual([{ second, severity, service: 'ApiService', line: line.trimEnd() }]);
});

test('every line of several, whatever changes from one to the next, and whatever their messages hold', () => {
  const lines = [
    lineOf('INFO', 'ApiService', 'zürich 🛒 [ERROR] [PaymentService]: not mine'),
    lineOf('ERROR', 'ApiService2', 'a name that begins with another one'),
    lineOf('ERROR', 'ApiService', '', AT + 480),
    lineOf('WARNING', 'Api', 'a line\nthat goes on', AT + 86_400_000),
    lineOf('DEBUG', 'Api', 'x', AT - 31_536_000_000),
  ];
  const heads = headsOf(lines.join(''));
  expect(heads.map(({ line }) => `${line}\n`)).toEqual(lines);
  expect(heads.map(({ service }) => service)).toEqual(['ApiService', 'ApiService2', 'ApiService', 'Api', 'Api']);
  expect(heads.map(({ severity }) => severity)).toEqual([0, 2, 2, 1, 0]);
  const begin = AT - 520;
  expect(heads.map(({ second }) => second - begin)).toEqual([0, 0, 1_000, 86_400_000, -31_536_000_000]);
  expect(lastSecond(Buffer.from(lines.join('')))).toBe(begin - 31_536_000_000);
});

test.each(['DEBUG', 'INFO', 'WARNING', 'ERROR'] as const)('an event of level %s', (level) => {
  expect(isEvent(Buffer.from(lineOf(level, 'Supervisor', 'api is up')))).toBe(true);
  expect(isEvent(Buffer.from(lineOf(level, 'ApiService', '] [Supervisor]: api is up')))).toBe(false);
  expect(isEvent(Buffer.from(lineOf(level, 'Supervisors', 'api is up')))).toBe(false);
});
