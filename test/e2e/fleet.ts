/** A fleet run as a user does, in a directory of its own, for one test. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import type { ServiceStatus, ServicesAnswer } from '../../shared/control-api.ts';
import { type ControlRequest, requestFleet } from '../../shared/control-client.ts';
import { type ParsedLine, parseLine } from '../../shared/record.ts';
import type { World } from '../../shared/world.ts';

export const CLI = fileURLToPath(new URL('../../dist/scripts/cli.js', import.meta.url));
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A directory that is gone when the test is. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'demo-logs-e2e-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Runs a program to its end. */
export async function run(
  file: string,
  args: readonly string[],
  cwd: string,
  who: { readonly uid?: number; readonly gid?: number } = {},
): Promise<Ended> {
  const child = spawn(file, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], ...who });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, ...output };
}

/** One line that says what is wrong, and nothing else. */
export function expectOneLine({ status, stdout, stderr }: Ended, exitStatus: number, message: RegExp): void {
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n'), stderr).toHaveLength(1);
  expect(stdout).toBe('');
  expect(status).toBe(exitStatus);
}

/** Runs one of the project's commands in `cwd`, as `npm run` would. */
export function command(cwd: string, ...args: readonly string[]): Promise<Ended> {
  return run(process.execPath, [CLI, ...args], cwd);
}

export class RunningFleet {
  readonly directory: string;
  readonly logFile: string;
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  stdout = '';
  stderr = '';
  readonly #waiting = new Set<() => void>();

  constructor(child: ChildProcess, directory: string) {
    this.process = child;
    this.directory = directory;
    this.logFile = join(directory, 'app.log');
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
      for (const check of this.#waiting) check();
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(child, 'close').then(([status]) => {
      for (const check of this.#waiting) check();
      return status as number | null;
    });
  }

  get pid(): number {
    return this.process.pid as number;
  }

  /** Resolves when the console has shown a match after character `from`; fails when the fleet ends before. */
  shows(pattern: RegExp, from = 0): Promise<void> {
    return this.#until(() => pattern.test(this.stdout.slice(from)), String(pattern));
  }

  /** Resolves when the console has shown this many further lines of the service, by default of all together. */
  showsLines(count: number, logName = ''): Promise<void> {
    let at = this.stdout.length;
    let seen = 0;
    const counts = () => {
      const end = this.stdout.lastIndexOf('\n') + 1;
      for (const line of this.stdout.slice(at, end).split('\n')) if (line.includes(`${logName}]: `)) seen++;
      at = Math.max(at, end);
      return seen >= count;
    };
    return this.#until(counts, `${count} lines of ${logName || 'all'}`);
  }

  /** Resolves when the console has shown that so many services came up. */
  showsServicesUp(count: number): Promise<void> {
    return this.#until(() => (this.stdout.match(/ is up, pid /g)?.length ?? 0) >= count, `${count} services`);
  }

  #until(holds: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (holds()) resolve();
        else if (this.process.exitCode !== null) reject(new Error(`Ended before ${what}: ${this.stderr}`));
        else return;
        this.#waiting.delete(check);
      };
      this.#waiting.add(check);
      check();
    });
  }

  command(...args: readonly string[]): Promise<Ended> {
    return command(this.directory, ...args);
  }

  ask<Answer>(method: ControlRequest['method'], path: string, body?: unknown): Promise<Answer> {
    return requestFleet<Answer>(this.logFile, { method, path, body });
  }

  async services(): Promise<readonly ServiceStatus[]> {
    return (await this.ask<ServicesAnswer>('GET', '/v1/services')).services;
  }

  async service(name: string): Promise<ServiceStatus> {
    const found = (await this.services()).find((service) => service.name === name);
    if (!found) throw new Error(`No service ${name}`);
    return found;
  }

  world(): Promise<World> {
    return this.ask<World>('GET', '/v1/world');
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

  /** The log file and those that were rotated away, the oldest first. */
  get files(): readonly string[] {
    const rotated = readdirSync(dirname(this.logFile)).flatMap((name) => /^app\.log\.(\d+)$/.exec(name)?.[1] ?? []);
    const numbers = rotated.map(Number).sort((a, b) => a - b);
    return [...numbers.map((number) => `${this.logFile}.${number}`), this.logFile];
  }

  get logSize(): number {
    return statSync(this.logFile).size;
  }

  /** Ends it as `npm stop` does; returns its exit status. */
  async stop(): Promise<number | null> {
    const { status, stderr } = await this.command('stop');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    return this.ended;
  }
}

/** Starts a fleet with `npm start`, from this repository, and waits until all its services are up. */
export function npmStart(...args: readonly string[]): Promise<RunningFleet> {
  const directory = temporaryDirectory();
  const words = ['npm', 'start', '--silent', '--', '--log-file', join(directory, 'app.log'), ...args];
  return launch({ words, directory, cwd: ROOT });
}

/** Starts a fleet in a directory of its own and waits until all its services are up. */
export function startFleet(...args: readonly string[]): Promise<RunningFleet> {
  return startFleetIn(temporaryDirectory(), ...args);
}

/** The same in a directory that the test has prepared. */
export function startFleetIn(directory: string, ...args: readonly string[]): Promise<RunningFleet> {
  return launch({ words: [process.execPath, CLI, 'start', ...args], directory });
}

export interface Launch {
  /** A command that starts a fleet on `app.log` in the directory. */
  readonly words: readonly string[];
  readonly directory: string;
  /** Where the command is run; by default in the directory. */
  readonly cwd?: string;
  /** As the leader of a process group of its own: what a terminal sends its Ctrl-C to. */
  readonly detached?: boolean;
  /** How many services come up; by default all. */
  readonly up?: number;
}

/** Starts a fleet and waits until its services are up. */
export function launch({ words, directory, cwd = directory, detached = false, up }: Launch): Promise<RunningFleet> {
  const [file = '', ...args] = words;
  const child = spawn(file, args, { cwd, detached, stdio: ['ignore', 'pipe', 'pipe'] });
  return whenUp(new RunningFleet(child, directory), up);
}

async function whenUp(fleet: RunningFleet, up?: number): Promise<RunningFleet> {
  onTestFinished(async () => {
    // One that a failed test left behind; its children leave with it.
    if (fleet.process.exitCode === null && fleet.process.signalCode === null) {
      await fleet.command('stop');
      fleet.process.kill('SIGKILL');
    }
    await fleet.ended;
  });
  const services = fleet.process.spawnargs.filter((word) => word === '--service').length + 5;
  await fleet.showsServicesUp(up ?? services);
  return fleet;
}
