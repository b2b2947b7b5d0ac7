import type { ConsoleForm } from '../shared/defaults.ts';
import { UserError } from '../shared/errors.ts';
import type { FleetLock } from './control/fleet-lock.ts';
import { Backpressure } from './log/backpressure.ts';
import type { Sink } from './log/batch.ts';
import { type ConsoleOptions, openConsole } from './log/console/open-console.ts';
import { FileSink } from './log/file/file-sink.ts';
import { checkEmpty, explainLogFileError, moveAside, openLogFile } from './log/file/log-file.ts';
import { RotatingFile } from './log/file/rotating-file.ts';
import { Log, type LogEvent } from './log/log.ts';

/** Where the log is written, and in which form. */
export interface LogOutputOptions {
  /** Absolute path. */
  readonly logFile: string;
  /** Bytes at which the log file is rotated; 0 for never. */
  readonly maxSize: number;
  /** How many rotated files are kept. */
  readonly keep: number;
  /** Whether an existing log file is moved aside first. */
  readonly fresh?: boolean;
  /** The form of the lines on stdout; false to write them only to the file. */
  readonly console: ConsoleForm | false;
  readonly services: ConsoleOptions['services'];
  /** Whether what operators do is left out. */
  readonly blind?: boolean;
}

/** Callbacks of the log file and the console. */
export interface LogOutputEvents {
  /** The reader of stdout has closed it. */
  readonly onClosed: () => void;
  /** The file or the console does not keep up (true), or both do again (false). */
  readonly onPressure: (isPaused: boolean) => void;
}

/** The log with the file and the console that it is written to. */
export interface LogOutput {
  readonly log: Log;
  readonly file: FileSink;
  readonly backpressure: Backpressure;
  /** Path to which an existing log file was moved. */
  readonly movedTo: string | undefined;
  /** Writes what is queued, as far as that is possible; returns how many lines are missing from the file. */
  close(): Promise<number>;
}

/**
 * Opens the log file and the console.
 * @param mustBeEmpty whether an existing log file must not have lines
 * @param others further sinks
 * @throws {UserError} `log-file`, `bad-option`, `fleet-exists`
 */
export async function openLogOutput(
  options: LogOutputOptions,
  lock: FleetLock,
  mustBeEmpty: boolean,
  { onClosed, onPressure }: LogOutputEvents,
  others: readonly Sink[] = [],
): Promise<LogOutput> {
  const logEvent: LogEvent = (level, message) => log.event(level, message);
  const backpressure = new Backpressure(
    (sink) => logEvent('WARNING', `${sink} does not keep up: the services pause until it does`),
    onPressure,
  );
  const { file, movedTo } = await openFile(options, lock, mustBeEmpty, logEvent, backpressure.of('Log file'));
  const { console: form, services, blind } = options;
  const console = form ? openConsole({ form, services, onClosed, onPressure: backpressure.of('Console') }) : undefined;
  const log = new Log([file, ...(console ? [console] : []), ...others], blind);
  const close = async () => {
    const [missingLines] = await Promise.all([file.close(), console?.close()]);
    return missingLines;
  };
  return { log, file, backpressure, movedTo, close };
}

async function openFile(
  { logFile, maxSize, keep, fresh }: LogOutputOptions,
  lock: FleetLock,
  mustBeEmpty: boolean,
  logEvent: LogEvent,
  onPressure: (isHigh: boolean) => void,
) {
  const openPath = () => lock.open((realPath) => openLogFile(realPath, logFile));
  const open = () => RotatingFile.open({ path: logFile, maxSize, keep, logEvent, open: openPath });
  try {
    const movedTo = fresh ? moveAside(logFile) : undefined;
    if (mustBeEmpty) checkEmpty(logFile);
    return { file: await FileSink.open({ open, logEvent, onPressure }), movedTo };
  } catch (error) {
    throw error instanceof UserError ? error : explainLogFileError(logFile, error);
  }
}
