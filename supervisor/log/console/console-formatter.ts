import type { PrettyOptions } from 'pino-pretty';
import type { ConsoleForm } from '../../../shared/defaults.ts';
import type { LogRecord } from '../../../shared/record.ts';
import type { ConsoleFormatter } from './console-sink.ts';
import type { ConsoleService } from './short-form.ts';
import { colorsOf, stylesFor } from './styles.ts';

/** Width of a terminal that does not report one, in cells. */
const DEFAULT_WIDTH = 80;

/** What the formatter needs to know of stdout. */
type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'hasColors' | 'columns'>;

/**
 * The formatter for stdout: byte for byte the lines of the log file, unless it is a terminal.
 * @param services their order determines their colours
 */
export async function chooseFormatter(
  stdout: Terminal,
  form: ConsoleForm,
  services: readonly ConsoleService[],
): Promise<ConsoleFormatter> {
  if (!stdout.isTTY) return ({ bytes }) => bytes;
  const logNames = services.map(({ logName }) => logName);
  const styles = stylesFor(colorsOf(stdout), logNames);
  if (form === 'full') return prettyFormatter((await import('./full-form.ts')).fullForm(styles));
  const { shortForm } = await import('./short-form.ts');
  // Read for every line: the terminal may be resized.
  return prettyFormatter(shortForm(styles, services, () => stdout.columns || DEFAULT_WIDTH));
}

/** Formats with pino-pretty, which takes 25 ms to import. */
async function prettyFormatter(options: PrettyOptions): Promise<ConsoleFormatter> {
  const { prettyFactory } = await import('pino-pretty');
  const pretty = prettyFactory({ hideObject: true, colorize: false, ...options });
  const prettyLine = (json: string) => {
    // pino-pretty shows some other fields by default, such as the stack of an error.
    const { level, time, service, msg } = JSON.parse(json) as LogRecord;
    return pretty({ level, time, service, msg });
  };
  return ({ records }) => Buffer.from(records.map(prettyLine).join(''));
}
