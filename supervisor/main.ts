import type { ConsoleForm } from '../shared/defaults.ts';
import { UserError } from '../shared/errors.ts';
import { formatTimestamp } from '../shared/record.ts';
import { type BackfillResult, type BackfillSource, writeBackfill } from './backfill.ts';
import { FleetLock } from './control/lock.ts';
import { createControlServer } from './control/server.ts';
import { Fleet, type FleetSettings } from './fleet.ts';
import { Backpressure } from './log/backpressure.ts';
import { openConsole } from './log/console/open-console.ts';
import { FileSink } from './log/file/file-sink.ts';
import { checkEmpty, explainLogFileError, moveAside, openLogFile } from './log/file/log-file.ts';
import { RotatingFile } from './log/file/rotating-file.ts';
import { Log, type LogEvent } from './log/log.ts';
import { ServiceCommands } from './process/service-commands.ts';
import { ShutdownRequest } from './shutdown-request.ts';
import { onSignals } from './signals.ts';

export interface FleetOptions extends FleetSettings {
  /** Absolute path. */
  readonly logFile: string;
  /** Bytes at which the log file is rotated; 0 for never. */
  readonly maxSize: number;
  /** How many rotated files are kept. */
  readonly keep: number;
  /** Whether a log file that exists is moved aside first. */
  readonly fresh?: boolean;
  /** The form in which the lines are shown on stdout too; false to show none. */
  readonly console: ConsoleForm | false;
  /** Written first. */
  readonly backfill?: BackfillSource;
}

/** Exit status after a second Ctrl-C, as a shell gives it. */
const FORCED_EXIT_STATUS = 130;

/**
 * Runs a fleet until it is asked to end: by a signal, by the control API, or by the end of its console.
 * @returns the exit status
 * @throws {UserError} `fleet-exists`, `socket-directory`, `log-file`, `bad-option`; then nothing was started
 */
export async function runFleet(options: FleetOptions): Promise<number> {
  const { logFile, maxSize, keep } = options;
  const shutdown = new ShutdownRequest();
  const control = createControlServer();
  const lock = await FleetLock.acquire(control.server, logFile);
  const logEvent: LogEvent = (level, message) => log.event(level, message);
  const backpressure = new Backpressure(
    (sink) => log.event('WARNING', `${sink} does not keep up: the services pause until it does`),
    (isPaused) => fleet.pause(isPaused),
  );
  const open = () =>
    RotatingFile.open({
      path: logFile,
      maxSize,
      keep,
      logEvent,
      open: () => lock.open((real) => openLogFile(real, logFile)),
    });
  const openFile = async () => {
    const movedTo = options.fresh ? moveAside(logFile) : undefined;
    if (options.backfill) checkEmpty(logFile);
    const sink = await FileSink.open({ open, logEvent, onPressure: backpressure.of('Log file') });
    return { sink, movedTo };
  };
  const { sink: file, movedTo } = await openFile().catch(async (error: NodeJS.ErrnoException) => {
    lock.release();
    await control.close();
    throw error instanceof UserError ? error : explainLogFileError(logFile, error);
  });
  const onClosed = () => shutdown.request('the console is gone');
  const { console: form, services } = options;
  const onPressure = backpressure.of('Console');
  const consoleSink = form ? openConsole({ form, services, onClosed, onPressure }) : undefined;
  const log = new Log(consoleSink ? [file, consoleSink] : [file]);
  const { backfill } = options;
  const fleet = new Fleet({ ...options, backfillMs: backfill?.ms ?? 0 }, log, () => file.flushed());

  let status = 0;
  const forgetSignals = onSignals({
    interrupt: (signal) => shutdown.request(signal),
    forceQuit: () => {
      status = FORCED_EXIT_STATUS;
      fleet.kill();
    },
    hangup: () => file.reopen(),
  });

  const begin = async () => {
    const written = backfill && (await writeBackfill(backfill, () => fleet.world, log, shutdown.signal));
    log.event('INFO', `Fleet starts, pid ${process.pid}: ${describe(options)}; control socket ${lock.socketPath}`);
    if (movedTo) log.event('INFO', `The previous log file is now ${movedTo}`);
    if (written) logBackfill(written, options, log);
    // The past waits for the console and the file by itself.
    backpressure.enable();
    if (!shutdown.isRequested) fleet.start(written?.until);
  };
  const begun = begin().catch((error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    status = 1;
    shutdown.request(backfill ? 'the history could not be written' : 'the services could not be started');
  });
  lock.watch({
    onRestored: (what) => log.event('WARNING', `Somebody removed the ${what}: it is back`),
    onLost: (reason) => {
      status = 1;
      shutdown.request(reason);
    },
  });

  const ended = shutdown.requested.then(async (reason) => {
    await begun;
    log.event('INFO', `Fleet stops: ${reason}`);
    await fleet.stop();
    log.event('INFO', 'Fleet stopped');
    const [missingLines] = await Promise.all([file.close(), consoleSink?.close()]);
    if (missingLines === 0) return { missingLines };
    process.stderr.write(`${logFile} could not be written: its last ${missingLines} lines are missing\n`);
    status ||= 1;
    return { missingLines };
  });
  const released = ended.finally(() => lock.release());
  const commands = new ServiceCommands(fleet, log);
  const shutDown = () => {
    shutdown.request('asked by the control API');
    return released;
  };
  // Fastify takes as long to load as a service: unless somebody waits for it, it must not hold the services up.
  await Promise.race([begun.then(() => fleet.settled()), control.firstRequest, shutdown.requested]);
  const { createControlApp } = await import('./control/app.ts');
  control.serve(await createControlApp(control.server, { fleet, commands, logFile, shutDown }));

  try {
    await released;
  } finally {
    forgetSignals();
    await control.close();
  }
  return status;
}

function describe({ services, rate, seed }: FleetSettings): string {
  return `${services.length} services, ${rate} lines/s, seed ${seed}`;
}

function logBackfill(written: BackfillResult, { backfill, maxSize, keep }: FleetOptions, log: Log): void {
  const { until, isWhole, lines, bytes } = written;
  if (!isWhole) {
    const reached = `${lines} lines are written, all before ${formatTimestamp(until)}`;
    log.event('WARNING', `The history was cut short: ${reached}; to start again, add --fresh`);
    return;
  }
  const from = formatTimestamp(until - (backfill?.ms ?? 0));
  log.event('INFO', `The history is written: ${lines} lines from about ${from} to ${formatTimestamp(until)}`);
  const kept = maxSize * (keep + 1);
  if (maxSize === 0 || bytes <= kept) return;
  const megabytes = (count: number) => `${Math.round(count / 1e6)} MB`;
  const advice = '--max-size 0 or a larger --keep keeps all';
  log.event('WARNING', `Of the ${megabytes(bytes)} of history the last ${megabytes(kept)} are kept: ${advice}`);
}
