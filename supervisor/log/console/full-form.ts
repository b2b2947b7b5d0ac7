import type { PrettyOptions } from 'pino-pretty';
import { escapeControlChars, formatTimestamp, LEVELS, type LogRecord } from '../../../shared/record.ts';
import { splitIds } from './split-ids.ts';
import type { Styles } from './styles.ts';

/** A line as in the log file, `timestamp [LEVEL] [Service]: Message`, in colour. */
export function fullForm({ faint, level, service, message }: Styles): PrettyOptions {
  return {
    translateTime: false,
    customPrettifiers: {
      time: (ms) => faint(formatTimestamp(Number(ms))),
      level: (_level, _key, log) => {
        const record = log as LogRecord;
        const name = LEVELS[record.level];
        return `${level(name)(`[${name}]`)} ${service(record.service)(`[${record.service}]`)}`;
      },
    },
    messageFormat: (log) => {
      const record = log as LogRecord;
      const { text, ids } = splitIds(escapeControlChars(record.msg));
      return message(LEVELS[record.level], record.service)(text) + faint(ids);
    },
  };
}
