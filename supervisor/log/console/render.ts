import type { PrettyOptions } from 'pino-pretty';
import type { ConsoleForm } from '../../../shared/defaults.ts';
import type { LogRecord } from '../../../shared/record.ts';
import type { ServiceProgram } from '../../../shared/service-program.ts';
import type { Render } from './console-sink.ts';
import { colorsOf, stylesFor } from './styles.ts';

/** Cells in a row of a terminal that does not say. */
const DEFAULT_WIDTH = 80;

/** What is asked of the stream on which the lines are shown. */
type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'hasColors' | 'columns'>;

/**
 * How lines look on stdout: byte for byte what the log file gets, unless it is a terminal.
 * @param services in the order that decides on their colours
 */
export async function chooseRender(
  stdout: Terminal,
  form: ConsoleForm,
  services: readonly Pick<ServiceProgram, 'name' | 'logName'>[],
): Promise<Render> {
  if (!stdout.isTTY) return ({ bytes }) => bytes;
  const styles = stylesFor(
    colorsOf(stdout),
    services.map(({ logName }) => logName),
  );
  if (form === 'full') return prettyRender((await import('./full-form.ts')).fullForm(styles));
  const { shortForm } = await import('./short-form.ts');
  // Asked for every line, so that it follows a change of the terminal's size.
  return prettyRender(shortForm(styles, services, () => stdout.columns || DEFAULT_WIDTH));
}

/** Lines formatted by pino-pretty, which takes 25 ms to import. */
async function prettyRender(options: PrettyOptions): Promise<Render> {
  const { prettyFactory } = await import('pino-pretty');
  const pretty = prettyFactory(options);
  const line = (record: string) => {
    // pino-pretty shows some fields of its own accord, such as the stack of an error.
    const { level, time, service, msg } = JSON.parse(record) as LogRecord;
    return pretty({ level, time, service, msg });
  };
  return ({ records }) => Buffer.from(records.map(line).join(''));
}
