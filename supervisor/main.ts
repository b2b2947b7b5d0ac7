import type { ConsoleForm } from '../shared/defaults.ts';
import { UserError } from '../shared/errors.ts';
import { timeStamp } from '../shared/record.ts';
import { type Past, type PastWritten, writePast } from './backfill.ts';
import { FleetLock } from './control/lock.ts';
import { createControlServer } from './control/server.ts';
import { Fleet, type FleetSettings } from './fleet.ts';
import { Backpressure } from './log/backpressure.ts';
import { openConsole } from './log/console/open-console.ts';
import { FileSink } from './log/file/file-sink.ts';
import { checkEmpty, explainLogFileError, moveAside, openLogFile } from './log/file/log-file.ts';
import { RotatingFile } from './log/file/rotating-file.ts';
import type { Notify } from './log/file/write-health.ts';
import { Log } from './log/log.ts';
import { ServiceCommands } from './process/service-commands.ts';
import { StopRequest } from './shutdown-request.ts';
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
  readonly past?: Past;
}

/** Exit status after a second Ctrl-C, as a shell gives it. */
const KILLED = 130;

/**
 * Runs a fleet until it is asked to end: by a signal, by the control API, or by the end of its console.
 * @returns the exit status
 * @throws {UserError} `fleet-exists`, `socket-directory`, `log-file`, `bad-option`; then nothing was started
 */
export async function runFleet(options: FleetOptions): Promise<number> {
  const { logFile, maxSize, keep } = options;
  const stopRequest = new StopRequest();
  const control = createControlServer();
  const lock = await FleetLock.acquire(control.server, logFile);
  const tell: Notify = (level, message) => log.say(level, message);
  const backpressure = new Backpressure(
    (sink) => log.say('WARNING', `${sink} does not keep up: the services pause until it does`),
    (isPaused) => fleet.pause(isPaused),
  );
  const open = () =>
    RotatingFile.open({
      path: logFile,
      maxSize,
      keep,
      tell,
      open: () => lock.open((real) => openLogFile(real, logFile)),
    });
  const openFile = async () => {
    const movedTo = options.fresh ? moveAside(logFile) : undefined;
    if (options.past) checkEmpty(logFile);
    const sink = await FileSink.open({ open, tell, onPressure: backpressure.of('Log file') });
    return { sink, movedTo };
  };
  const { sink: file, movedTo } = await openFile().catch(async (error: NodeJS.ErrnoException) => {
    lock.release();
    await control.close();
    throw error instanceof UserError ? error : explainLogFileError(logFile, error);
  });
  const onGone = () => stopRequest.ask('the console is gone');
  const { console: form, services } = options;
  const onPressure = backpressure.of('Console');
  const console = form ? openConsole({ form, services, onGone, onPressure }) : undefined;
  const log = new Log(console ? [file, console] : [file]);
  const { past } = options;
  const fleet = new Fleet({ ...options, pastMs: past?.ms ?? 0 }, log, () => file.flushed());

  let status = 0;
  const forgetSignals = onSignals({
    stop: (signal) => stopRequest.ask(signal),
    kill: () => {
      status = KILLED;
      fleet.kill();
    },
    reopen: () => file.reopen(),
  });

  const begin = async () => {
    const written = past && (await writePast(past, () => fleet.world, log, stopRequest.signal));
    log.say('INFO', `Fleet starts, pid ${process.pid}: ${describe(options)}; control socket ${lock.socketPath}`);
    if (movedTo) log.say('INFO', `The previous log file is now ${movedTo}`);
    if (written) sayPast(written, options, log);
    // The past waits for the console and the file by itself.
    backpressure.enable();
    if (!stopRequest.isAsked) fleet.start(written?.until);
  };
  const begun = begin().catch((error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    status = 1;
    stopRequest.ask(past ? 'the history could not be written' : 'the services could not be started');
  });
  lock.watch({
    onRestored: (what) => log.say('WARNING', `Somebody removed the ${what}: it is back`),
    onLost: (reason) => {
      status = 1;
      stopRequest.ask(reason);
    },
  });

  const ended = stopRequest.asked.then(async (reason) => {
    await begun;
    log.say('INFO', `Fleet stops: ${reason}`);
    await fleet.stop();
    log.say('INFO', 'Fleet stopped');
    const [missingLines] = await Promise.all([file.close(), console?.close()]);
    if (missingLines === 0) return { missingLines };
    process.stderr.write(`${logFile} could not be written: its last ${missingLines} lines are missing\n`);
    status ||= 1;
    return { missingLines };
  });
  const released = ended.finally(() => lock.release());
  const commands = new ServiceCommands(fleet, log);
  const shutDown = () => {
    stopRequest.ask('asked by the control API');
    return released;
  };
  // Fastify takes as long to load as a service: unless somebody waits for it, it must not hold the services up.
  await Promise.race([begun.then(() => fleet.settled()), control.asked, stopRequest.asked]);
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

function sayPast(written: PastWritten, { past, maxSize, keep }: FleetOptions, log: Log): void {
  const { until, isWhole, lines, bytes } = written;
  if (!isWhole) {
    const reached = `${lines} lines are written, all before ${timeStamp(until)}`;
    log.say('WARNING', `The history was cut short: ${reached}; to start again, add --fresh`);
    return;
  }
  const from = timeStamp(until - (past?.ms ?? 0));
  log.say('INFO', `The history is written: ${lines} lines from about ${from} to ${timeStamp(until)}`);
  const kept = maxSize * (keep + 1);
  if (maxSize === 0 || bytes <= kept) return;
  const megabytes = (count: number) => `${Math.round(count / 1e6)} MB`;
  const advice = '--max-size 0 or a larger --keep keeps all';
  log.say('WARNING', `Of the ${megabytes(bytes)} of history the last ${megabytes(kept)} are kept: ${advice}`);
}
