import { ConsoleSink } from './console-sink.ts';
import { chooseRender } from './render.ts';
import { stdout } from './stdout.ts';

export interface ConsoleEvents {
  /** Nobody reads it any more. */
  readonly onGone: () => void;
  /** The reader of a pipe, or the disk of a file, does not keep up (true), and does again (false). */
  readonly onPressure: (isHigh: boolean) => void;
}

/**
 * This process's stdout. A pipe or a file is shown every line that is written; a terminal that stalls is skipped over,
 * for whoever looks at it wants to see the present and has the file for the rest.
 */
export function openConsole({ onGone, onPressure }: ConsoleEvents): ConsoleSink {
  const pressure = process.stdout.isTTY ? {} : { onPressure };
  return new ConsoleSink({ put: stdout(), render: chooseRender(), onGone, ...pressure });
}
