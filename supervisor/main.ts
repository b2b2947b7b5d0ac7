import { FleetLock } from './control/fleet-lock.ts';
import type { ControlContext } from './control/routes.ts';
import { type ControlServer, createControlServer } from './control/server.ts';
import { Fleet, type FleetSettings } from './fleet.ts';
import type { IncidentCatalogue } from './incidents/incident-catalogue.ts';
import { IncidentCommands } from './incidents/incident-commands.ts';
import { type LogOutput, type LogOutputOptions, openLogOutput } from './log-output.ts';
import type { Page, PageOptions } from './page/page.ts';
import { ServiceCommands } from './process/service-commands.ts';
import { ScenarioRunner } from './scenario/scenario-runner.ts';
import { ShutdownRequest } from './shutdown-request.ts';
import { onSignals } from './signals.ts';
import { type BackfillSource, logBackfill, writeBackfill } from './write-backfill.ts';

/** Everything that `npm start` decides about a run. */
export interface RunOptions extends FleetSettings, LogOutputOptions {
  readonly services: FleetSettings['services'];
  readonly incidents: IncidentCatalogue;
  /** Written before the services start. */
  readonly backfill?: BackfillSource;
  /** The control page, if there is to be one. */
  readonly page?: PageOptions;
}

/** A fleet with everything that it needs; nothing in it changes once it runs. */
interface Run {
  readonly options: RunOptions;
  readonly shutdown: ShutdownRequest;
  readonly control: ControlServer;
  readonly lock: FleetLock;
  readonly output: LogOutput;
  readonly fleet: Fleet;
  readonly page: Page | undefined;
}

/** Exit status after a second Ctrl-C, as in a shell. */
const FORCED_EXIT_STATUS = 130;

/**
 * Runs a fleet until it is asked to shut down: by a signal, by the control API, or because its console is closed.
 * @returns the exit status
 * @throws {UserError} `fleet-exists`, `socket-directory`, `log-file`, `bad-option`; then nothing was started
 */
export async function runFleet(options: RunOptions): Promise<number> {
  const run = await prepareRun(options);
  const removeSignalHandlers = handleSignals(run);
  const started = start(run);
  watchLock(run);
  const stopped = stopOnRequest(run, started).finally(() => run.lock.release());
  try {
    await serveControlApi(run, started, stopped);
    const { missingLines, pageClosed } = await stopped;
    await pageClosed;
    return run.shutdown.exitStatus || (missingLines > 0 ? 1 : 0);
  } finally {
    removeSignalHandlers();
    await run.control.close();
  }
}

/** Takes the lock, opens the log and creates the fleet; undoes that if it fails. */
async function prepareRun(options: RunOptions): Promise<Run> {
  const shutdown = new ShutdownRequest();
  const control = createControlServer();
  const lock = await FleetLock.acquire(control.server, options.logFile);
  let page: Page | undefined;
  try {
    const { backfill, services } = options;
    page = options.page && (await openPage(options.page, services));
    const callbacks = {
      onClosed: () => shutdown.request('the console is gone'),
      onPressure: (isPaused: boolean) => fleet.pause(isPaused),
    };
    const output = await openLogOutput(options, lock, backfill !== undefined, callbacks, page ? [page.sink] : []);
    const { log, file } = output;
    const fleet = new Fleet({ ...options, backfillMs: backfill?.ms ?? 0 }, log, () => file.flushed());
    return { options, shutdown, control, lock, output, fleet, page };
  } catch (error) {
    lock.release();
    await Promise.all([control.close(), page?.close('the fleet could not be started')]);
    throw error;
  }
}

/** Loads what only `--page` needs. */
async function openPage(options: PageOptions, services: RunOptions['services']): Promise<Page> {
  const { Page } = await import('./page/page.ts');
  return Page.open(options, services);
}

/** Returns how to remove the handlers. */
function handleSignals({ shutdown, fleet, output }: Run): () => void {
  return onSignals({
    interrupt: (signal) => shutdown.request(signal),
    forceQuit: (signal) => {
      shutdown.request(signal, FORCED_EXIT_STATUS);
      fleet.kill();
    },
    hangup: () => output.file.reopen(),
  });
}

/** Writes the backfill, if there is one, and starts the services. */
async function start({ options, shutdown, lock, output, fleet }: Run): Promise<void> {
  const { services, rate, traffic = 'steady', seed, backfill } = options;
  const { log, backpressure, movedTo } = output;
  try {
    const written = backfill && (await writeBackfill(backfill, () => fleet.world, log, shutdown.signal));
    const what = `${services.length} services, ${rate} lines/s (${traffic}), seed ${seed}`;
    log.event('INFO', `Fleet starts, pid ${process.pid}: ${what}; control socket ${lock.socketPath}`);
    if (movedTo) log.event('INFO', `The previous log file is now ${movedTo}`);
    if (written) logBackfill(written, backfill.ms, options, log);
    // Not earlier: the backfill itself waits for the file and the console.
    backpressure.enable();
    if (!shutdown.isRequested) fleet.start(written?.until);
  } catch (error) {
    process.stderr.write(`${(error as Error).stack}\n`);
    shutdown.request(backfill ? 'the history could not be written' : 'the services could not be started', 1);
  }
}

function watchLock({ shutdown, lock, output }: Run): void {
  lock.watch({
    onRestored: (what) =>
      output.log.event('WARNING', `The ${what} was removed by another program and has been restored`),
    onLost: (reason) => shutdown.request(reason, 1),
  });
}

/** Waits for the request to shut down, and stops the fleet. */
async function stopOnRequest({ options, shutdown, output, fleet, page }: Run, started: Promise<void>) {
  const { log } = output;
  const reason = await shutdown.requested;
  await started;
  log.event('INFO', `Fleet stops: ${reason}`);
  await fleet.stop();
  log.event('INFO', 'Fleet stopped');
  // Its port is free before the next fleet can start. Not awaited: it may have been asked to stop by a page that waits.
  const pageClosed = page?.close(reason);
  const missingLines = await output.close();
  if (missingLines > 0) {
    process.stderr.write(`${options.logFile} could not be written: its last ${missingLines} lines are missing\n`);
  }
  return { missingLines, pageClosed };
}

/** Loads the control API. That takes as long as loading a service: it comes after them, unless there is a request. */
async function serveControlApi(
  { options, shutdown, control, output, fleet, page }: Run,
  started: Promise<void>,
  stopped: Promise<{ readonly missingLines: number }>,
): Promise<void> {
  await Promise.race([started.then(() => fleet.whenStarted()), control.firstRequest, shutdown.requested]);
  const { createControlApp } = await import('./control/app.ts');
  const incidents = new IncidentCommands(fleet, output.log, options.incidents);
  const commands = new ServiceCommands(fleet, output.log);
  const shutDown = () => {
    shutdown.request('asked by the control API');
    return stopped;
  };
  if (options.scenario) {
    // As if it had crashed: the supervisor restarts it and says so.
    const runner = new ScenarioRunner(options.scenario, fleet, fleet.plannedKills, (name) => {
      fleet.service(name).process?.kill();
    });
    void shutdown.requested.then(() => runner.stop());
  }
  const link = page ? { page: page.link } : {};
  const context = { fleet, commands, incidents, logFile: options.logFile, shutDown, ...link };
  control.serve(await createControlApp(control.server, context));
  if (page) await servePage(page, context, options.blind === true);
}

/** The link goes to stderr, never to the log: whoever reads that or a pipe must not control the fleet. */
async function servePage(page: Page, context: ControlContext, isBlind: boolean): Promise<void> {
  await page.serve(context, isBlind);
  // Nobody may read it.
  process.stderr.on('error', () => {});
  if (page.warning) process.stderr.write(`${page.warning}\n`);
  process.stderr.write(`Control page: ${page.link}\n`);
}
