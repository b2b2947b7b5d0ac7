import type { PrettyOptions } from 'pino-pretty';
import { escapeControlChars, formatTimestamp, LEVELS, type Level, type LogRecord } from '../../../shared/record.ts';
import type { ServiceProgram } from '../../../shared/service-program.ts';
import { cutToWidth } from './cut-to-width.ts';
import { splitIds } from './split-ids.ts';
import type { Styles } from './styles.ts';

const LEVEL_NAMES: Readonly<Record<Level, string>> = { DEBUG: 'DEBUG', INFO: 'INFO', WARNING: 'WARN', ERROR: 'ERROR' };

/** Widths of the columns, in characters: `13:18:13.438`, `ERROR`, and a service's name, which may be cut. */
const TIME_WIDTH = 12;
const LEVEL_WIDTH = 5;
const MAX_NAME_WIDTH = 16;

const SUPERVISOR = 'supervisor';

/**
 * A line that takes one row of the terminal: time of day in UTC, level, service and message in columns. The ids are in
 * the log file.
 * @param width cells in a row of the terminal now
 */
export function shortForm(
  styles: Styles,
  services: readonly Pick<ServiceProgram, 'name' | 'logName'>[],
  width: () => number,
): PrettyOptions {
  const names = new Map(services.map(({ name, logName }) => [logName, cutToWidth(name, MAX_NAME_WIDTH)]));
  const nameWidth = Math.max(...[SUPERVISOR, ...names.values()].map(({ length }) => length));
  return {
    hideObject: true,
    colorize: false,
    // They are in the message, which is all that is left.
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
      // Cut before it is coloured: an escape sequence takes no room.
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

/** Takes so many characters from where the last call ended; without a number, the rest. */
function taker(text: string): (count?: number) => string {
  let at = 0;
  return (count = text.length) => {
    const from = at;
    at += count;
    return text.slice(from, at);
  };
}
