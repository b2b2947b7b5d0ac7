import type { ConsoleForm } from '../../../shared/defaults.ts';
import type { ServiceProgram } from '../../../shared/service-program.ts';
import { ConsoleSink } from './console-sink.ts';
import { chooseRender } from './render.ts';
import { stdout } from './stdout.ts';

export interface ConsoleOptions {
  /** How lines look on a terminal. */
  readonly form: ConsoleForm;
  /** In the order that decides on their colours. */
  readonly services: readonly Pick<ServiceProgram, 'name' | 'logName'>[];
  /** Nobody reads it any more. */
  readonly onClosed: () => void;
  /** The reader of a pipe, or the disk of a file, does not keep up (true), and does again (false). */
  readonly onPressure: (isHigh: boolean) => void;
}

/**
 * This process's stdout. A pipe or a file is shown every line that is written; a terminal that stalls is skipped over,
 * for whoever looks at it wants to see the present and has the file for the rest.
 */
export function openConsole({ form, services, onClosed, onPressure }: ConsoleOptions): ConsoleSink {
  const pressure = process.stdout.isTTY ? {} : { onPressure };
  return new ConsoleSink({
    write: stdout(),
    render: chooseRender(process.stdout, form, services),
    onClosed,
    ...pressure,
  });
}
