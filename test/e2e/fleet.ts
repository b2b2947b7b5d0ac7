/** A fleet run as a user does, in a directory of its own, for one test. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type ParsedLine, parseLine } from '../../shared/record.ts';
import { FleetClient } from '../tools/fleet-client.ts';
import { CLI, command, type ExitResult, ROOT } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';

/** A fleet that a test has started, with what it has written to its console so far. */
export class RunningFleet extends FleetClient {
  readonly directory: string;
  readonly process: ChildProcess;
  readonly exited: Promise<number | null>;
  stdout = '';
  stderr = '';
  readonly #checks = new Set<() => void>();

  constructor(child: ChildProcess, directory: string) {
    super(join(directory, 'app.log'));
    this.process = child;
    this.directory = directory;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
      for (const check of this.#checks) check();
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.exited = once(child, 'close').then(([status]) => {
      for (const check of this.#checks) check();
      return status as number | null;
    });
  }

  get pid(): number {
    return this.process.pid as number;
  }

  /** Waits until the console shows a match after character `from`; fails when the fleet exits before. */
  shows(pattern: RegExp, from = 0): Promise<void> {
    return this.#until(() => pattern.test(this.stdout.slice(from)), String(pattern));
  }

  /** Waits until the console shows so many further lines of one service, or of all together. */
  showsLines(count: number, logName = ''): Promise<void> {
    let position = this.stdout.length;
    let seen = 0;
    const hasSeenEnough = () => {
      const end = this.stdout.lastIndexOf('\n') + 1;
      for (const line of this.stdout.slice(position, end).split('\n')) if (line.includes(`${logName}]: `)) seen++;
      position = Math.max(position, end);
      return seen >= count;
    };
    return this.#until(hasSeenEnough, `${count} lines of ${logName || 'all'}`);
  }

  /** Waits until the console has shown so many services come up, counting restarts. */
  showsServicesUp(count: number): Promise<void> {
    return this.#until(() => (this.stdout.match(/ is up, pid /g)?.length ?? 0) >= count, `${count} services`);
  }

  #until(condition: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (condition()) resolve();
        else if (this.process.exitCode !== null) reject(new Error(`Exited before ${what}: ${this.stderr}`));
        else return;
        this.#checks.delete(check);
      };
      this.#checks.add(check);
      check();
    });
  }

  command(...args: readonly string[]): Promise<ExitResult> {
    return command(this.directory, ...args);
  }

  /** Every line of the log file from a byte on; each must parse. */
  lines(fromByte = 0): ParsedLine[] {
    const text = readFileSync(this.logFile).subarray(fromByte).toString('utf8');
    expect(text === '' || text.endsWith('\n')).toBe(true);
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => {
        const parsed = parseLine(line);
        expect(parsed, line).toBeDefined();
        return parsed as ParsedLine;
      });
  }

  /** The rotated files and the log file, the oldest first. */
  get files(): readonly string[] {
    const rotated = readdirSync(dirname(this.logFile)).flatMap((name) => /^app\.log\.(\d+)$/.exec(name)?.[1] ?? []);
    const numbers = rotated.map(Number).sort((a, b) => a - b);
    return [...numbers.map((number) => `${this.logFile}.${number}`), this.logFile];
  }

  get logSize(): number {
    return statSync(this.logFile).size;
  }

  /** Stops it with `npm stop` and returns its exit status. */
  async stop(): Promise<number | null> {
    const { status, stderr } = await this.command('stop');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    return this.exited;
  }
}

/** Starts a fleet with `npm start`, from this repository, and waits until all its services are up. */
export function npmStart(...args: readonly string[]): Promise<RunningFleet> {
  const directory = temporaryDirectory();
  const commandLine = ['npm', 'start', '--silent', '--', '--log-file', join(directory, 'app.log'), ...args];
  return launch({ commandLine, directory, cwd: ROOT });
}

/** Starts a fleet in a new directory and waits until all its services are up. */
export function startFleet(...args: readonly string[]): Promise<RunningFleet> {
  return startFleetIn(temporaryDirectory(), ...args);
}

/** Starts a fleet in a directory that the test has prepared, and waits until all its services are up. */
export function startFleetIn(directory: string, ...args: readonly string[]): Promise<RunningFleet> {
  return launch({ commandLine: [process.execPath, CLI, 'start', ...args], directory });
}

export interface Launch {
  /** Starts a fleet on `app.log` in the directory. */
  readonly commandLine: readonly string[];
  readonly directory: string;
  /** Working directory of the command; by default the directory of the log. */
  readonly cwd?: string;
  /** Starts a new process group, to which a terminal would send Ctrl-C. */
  readonly detached?: boolean;
  /** How many services to wait for; by default all. */
  readonly up?: number;
}

/** Starts a fleet and waits until its services are up. */
export function launch({
  commandLine,
  directory,
  cwd = directory,
  detached = false,
  up,
}: Launch): Promise<RunningFleet> {
  const [file = '', ...args] = commandLine;
  const child = spawn(file, args, { cwd, detached, stdio: ['ignore', 'pipe', 'pipe'] });
  return whenUp(new RunningFleet(child, directory), up);
}

async function whenUp(fleet: RunningFleet, up?: number): Promise<RunningFleet> {
  onTestFinished(async () => {
    // A failed test leaves it running; its children exit with it.
    if (fleet.process.exitCode === null && fleet.process.signalCode === null) {
      await fleet.command('stop');
      fleet.process.kill('SIGKILL');
    }
    await fleet.exited;
  });
  const services = fleet.process.spawnargs.filter((arg) => arg === '--service').length + 5;
  await fleet.showsServicesUp(up ?? services);
  return fleet;
}
