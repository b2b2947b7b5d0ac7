import type { ConsoleForm } from '../../../shared/defaults.ts';
import { chooseFormatter } from './console-formatter.ts';
import { ConsoleSink, type ConsoleSinkOptions } from './console-sink.ts';
import type { ConsoleService } from './short-form.ts';
import { stdoutWriter } from './stdout.ts';

/** Options of `openConsole`; the callbacks are those of `ConsoleSinkOptions`. */
export interface ConsoleOptions extends Required<Pick<ConsoleSinkOptions, 'onClosed' | 'onPressure'>> {
  /** The form of lines on a terminal. */
  readonly form: ConsoleForm;
  /** Their order determines their colours. */
  readonly services: readonly ConsoleService[];
}

/**
 * The sink for this process's stdout. A pipe or a file gets every line; a terminal that stalls misses lines, because its
 * user wants to see the present and has the file for the rest.
 */
export function openConsole({ form, services, onClosed, onPressure }: ConsoleOptions): ConsoleSink {
  const formatter = chooseFormatter(process.stdout, form, services);
  const pressure = process.stdout.isTTY ? {} : { onPressure };
  return new ConsoleSink({ write: stdoutWriter(), formatter, onClosed, ...pressure });
}
