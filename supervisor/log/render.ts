import { type LogRecord, oneLine } from '../../shared/record.ts';
import type { Render } from './console-sink.ts';

/** On a terminal the lines in colour; anywhere else byte for byte what the log file gets. */
export async function chooseRender(): Promise<Render> {
  return process.stdout.isTTY ? prettyRender() : ({ bytes }) => bytes;
}

/** The same line, `timestamp [LEVEL] [Service]: Message`, coloured by pino-pretty, which takes 25 ms to import. */
async function prettyRender(): Promise<Render> {
  const { prettyFactory } = await import('pino-pretty');
  const pretty = prettyFactory({
    colorize: true,
    hideObject: true,
    customLevels: 'DEBUG:20,INFO:30,WARNING:40,ERROR:50',
    useOnlyCustomProps: true,
    // It looks colours up by the level's name in lower case.
    customColors: 'debug:gray,info:green,warning:yellow,error:red,message:reset',
    translateTime: 'UTC:yyyy-mm-dd"T"HH:MM:ss.l"Z"',
    customPrettifiers: {
      time: (time) => String(time),
      level: (_level, _key, log, { labelColorized, colors }) =>
        `[${labelColorized}] [${colors.cyan((log as LogRecord).service)}]`,
    },
    messageFormat: (log) => oneLine(String(log.msg)),
  });
  return ({ records }) => Buffer.from(records.map((record) => pretty(record)).join(''));
}
