import type { PrettyOptions } from 'pino-pretty';
import { escapeControlChars, formatTimestamp, LEVELS, type Level, type LogRecord } from '../../../shared/record.ts';
import type { ServiceProgram } from '../../../shared/service-program.ts';
import { cutToWidth } from './cut-to-width.ts';
import { splitIds } from './split-ids.ts';
import type { Styles } from './styles.ts';

/** What the console needs to know of a service. */
export type ConsoleService = Pick<ServiceProgram, 'name' | 'logName'>;

const LEVEL_NAMES: Readonly<Record<Level, string>> = { DEBUG: 'DEBUG', INFO: 'INFO', WARNING: 'WARN', ERROR: 'ERROR' };

/** Widths of the columns, in characters: `13:18:13.438`, `ERROR`, and at most that of a service's name. */
const TIME_WIDTH = 12;
const LEVEL_WIDTH = 5;
const MAX_NAME_WIDTH = 16;

const SUPERVISOR = 'supervisor';

/**
 * A line on one row of the terminal: time of day in UTC, level, service and message in columns, without the ids at the
 * end of the message.
 * @param width current width of the terminal, in cells
 */
export function shortForm(styles: Styles, services: readonly ConsoleService[], width: () => number): PrettyOptions {
  const names = new Map(services.map(({ name, logName }) => [logName, cutToWidth(name, MAX_NAME_WIDTH)]));
  const nameWidth = Math.max(...[SUPERVISOR, ...names.values()].map(({ length }) => length));
  return {
    // Both are in the message, which is the whole line.
    ignore: 'time,level',
    messageFormat: (log) => {
      const { level: number, time, service, msg } = log as LogRecord;
      const level = LEVELS[number];
      const levelName = LEVEL_NAMES[level];
      const name = names.get(service) ?? SUPERVISOR;
      const columns = [
        formatTimestamp(time).slice(-1 - TIME_WIDTH, -1),
        levelName.padEnd(LEVEL_WIDTH),
        name.padEnd(nameWidth),
        splitIds(escapeControlChars(msg)).text,
      ];
      // Cut before it is coloured: escape sequences have no width.
      const take = taker(cutToWidth(columns.join(' '), width()));
      return [
        styles.faint(take(TIME_WIDTH)),
        take(1),
        styles.level(level)(take(levelName.length)),
        take(LEVEL_WIDTH - levelName.length + 1),
        styles.service(service)(take(name.length)),
        take(nameWidth - name.length + 1),
        styles.message(level, service)(take()),
      ].join('');
    },
  };
}

/** Takes the next `count` characters with each call; without `count`, the rest. */
function taker(text: string): (count?: number) => string {
  let at = 0;
  return (count = text.length) => {
    const from = at;
    at += count;
    return text.slice(from, at);
  };
}
