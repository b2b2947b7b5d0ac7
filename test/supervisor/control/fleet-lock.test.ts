import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { requestFleet } from '../../../shared/control-client.ts';
import { controlSocketPath } from '../../../shared/paths.ts';
import { ownRegistryDirectory } from '../../../shared/registry/directories.ts';
import { findFleet } from '../../../shared/registry/fleets.ts';
import { logIdentity } from '../../../shared/registry/log-identity.ts';
import { OwnEntry } from '../../../supervisor/control/fleet-entry.ts';
import { FleetLock } from '../../../supervisor/control/fleet-lock.ts';
import { temporaryDirectory } from '../../tools/temporary.ts';

function server(): Server {
  const created = createServer((_request, response) => response.end('{}'));
  onTestFinished(() => {
    created.closeAllConnections();
    created.close();
  });
  return created;
}

const logFile = () => path.join(temporaryDirectory(), 'app.log');

async function acquire(file: string): Promise<FleetLock> {
  const lock = await FleetLock.acquire(server(), file);
  onTestFinished(() => lock.release());
  return lock;
}

const ask = (file: string) => requestFleet(file, { method: 'GET', path: '/' });

/** The entry of a fleet in another process, which ends with the test. */
async function entryOfOtherFleet(file: string, state: 'starting' | 'running'): Promise<[OwnEntry, ChildProcess]> {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const socketPath = `${controlSocketPath(file)}.other`;
  const entry = new OwnEntry(ownRegistryDirectory(), {
    ...logIdentity(file),
    pid: child.pid as number,
    state,
    socketPath,
  });
  entry.write();
  onTestFinished(() => {
    child.kill('SIGKILL');
    entry.remove();
  });
  return [entry, child];
}

test('a free log file is locked: the socket is private, found, and released without a trace', async () => {
  const file = logFile();
  const lock = await acquire(file);
  expect(lock.socketPath).toBe(controlSocketPath(file));
  expect(lstatSync(lock.socketPath).mode & 0o777).toBe(0o600);
  expect(lstatSync(path.dirname(lock.socketPath)).mode & 0o777).toBe(0o700);
  const entry = findFleet(file);
  expect(entry).toMatchObject({ pid: process.pid, state: 'running', logFile: file });
  expect(await ask(file)).toEqual({});
  lock.release();
  expect(existsSync(lock.socketPath)).toBe(false);
  expect(existsSync(entry?.entryFile as string)).toBe(false);
  expect(findFleet(file)).toBeUndefined();
});

test('a second fleet is refused with the pid of the first, and how to stop it', async () => {
  const file = logFile();
  await acquire(file);
  await expect(acquire(file)).rejects.toMatchObject({
    code: 'fleet-exists',
    message: `another fleet (pid ${process.pid}) writes to ${file}; stop it with npm stop -- --log-file ${file}, or use another --log-file`,
  });
});

test.each(['app.log.1', 'app.log.77'])(
  '%s is refused while a fleet rotates app.log, and the other way round',
  async (name) => {
    const file = logFile();
    const rotated = path.join(path.dirname(file), name);
    const first = await acquire(file);
    await expect(acquire(rotated)).rejects.toMatchObject({
      code: 'fleet-exists',
      message: expect.stringContaining(`writes to ${file}, and ${rotated} is among its rotated files`),
    });
    first.release();
    await acquire(rotated);
    await expect(acquire(file)).rejects.toMatchObject({ code: 'fleet-exists' });
  },
);

test('a second fleet is refused whatever the file is called, and commands find the first one', async () => {
  const file = logFile();
  writeFileSync(file, '');
  const link = path.join(temporaryDirectory(), 'link.log');
  symlinkSync(file, link);
  await acquire(file);
  await expect(acquire(link)).rejects.toMatchObject({ code: 'fleet-exists' });
  expect(await ask(link)).toEqual({});
});

describe('two fleets that start at once', () => {
  test('one of them runs, of many', async () => {
    for (let round = 0; round < 10; round++) {
      const file = logFile();
      const results = await Promise.allSettled(Array.from({ length: 4 }, () => acquire(file)));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'fleet-exists' });
      }
    }
  });

  test('one waits for the other, and runs when that one withdraws', async () => {
    const file = logFile();
    const [entry] = await entryOfOtherFleet(file, 'starting');
    const acquired = acquire(file);
    entry.remove();
    expect((await acquired).socketPath).toBe(controlSocketPath(file));
  });
});

describe('what a killed fleet leaves behind', () => {
  test('is in nobody’s way, and is removed', async () => {
    const file = logFile();
    const [entry, child] = await entryOfOtherFleet(file, 'running');
    await expect(acquire(file)).rejects.toMatchObject({ message: expect.stringContaining(`(pid ${child.pid})`) });
    writeFileSync(entry.entry.socketPath, '');
    const entryFile = findFleet(file)?.entryFile as string;
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(findFleet(file)).toBeUndefined();
    await acquire(file);
    expect(existsSync(entryFile)).toBe(false);
    expect(existsSync(entry.entry.socketPath)).toBe(false);
  });
});

describe('a fleet whose lock is disturbed', () => {
  const watched = async (file: string) => {
    const lock = await acquire(file);
    const restored: string[] = [];
    const lost: string[] = [];
    lock.watch({ onRestored: (what) => restored.push(what), onLost: (message) => lost.push(message) });
    return { lock, restored, lost };
  };

  test('restores its socket, and goes on answering', async () => {
    const file = logFile();
    const { lock, restored } = await watched(file);
    unlinkSync(lock.socketPath);
    await expect.poll(() => restored).toEqual([`control socket ${lock.socketPath}`]);
    expect(await ask(file)).toEqual({});
    expect(lstatSync(lock.socketPath).mode & 0o777).toBe(0o600);
  });

  test('restores its entry', async () => {
    const file = logFile();
    const { restored } = await watched(file);
    rmSync(findFleet(file)?.entryFile as string);
    await expect.poll(() => restored).toEqual(['entry of this fleet in the registry of fleets']);
    await expect(acquire(file)).rejects.toMatchObject({ code: 'fleet-exists' });
  });

  test('notices that another fleet has taken the log file meanwhile', async () => {
    const file = logFile();
    const { lost } = await watched(file);
    rmSync(findFleet(file)?.entryFile as string);
    const [, child] = await entryOfOtherFleet(file, 'running');
    await expect.poll(() => lost[0]).toBe(`another fleet (pid ${child.pid}) has taken the log file`);
  });
});

describe('a link that changes while the fleet runs', () => {
  const retargeted = async () => {
    const home = temporaryDirectory();
    const [one, other, link] = ['one.log', 'other.log', 'app.log'].map((name) => path.join(home, name));
    for (const file of [one, other]) writeFileSync(file as string, '');
    symlinkSync(one as string, link as string);
    const lock = await acquire(link as string);
    symlinkSync(other as string, `${link}.new`);
    renameSync(`${link}.new`, link as string);
    return { lock, one: one as string, other: other as string, link: link as string };
  };

  test('still belongs to that fleet', async () => {
    const { link, other } = await retargeted();
    await expect(acquire(link)).rejects.toMatchObject({ code: 'fleet-exists' });
    expect(await ask(link)).toEqual({});
    expect(findFleet(other)).toBeUndefined();
  });

  test('moves the lock with the file', async () => {
    const { lock, one, other } = await retargeted();
    expect(await lock.open(async (file) => file)).toBe(other);
    await expect(acquire(other)).rejects.toMatchObject({ code: 'fleet-exists' });
    // The previous file is free, and its next fleet has another socket.
    expect((await acquire(one)).socketPath).not.toBe(lock.socketPath);
  });

  test('to the file of another fleet is not followed', async () => {
    const { lock, one, other } = await retargeted();
    await acquire(other);
    await expect(lock.open(async (file) => file)).rejects.toMatchObject({ code: 'fleet-exists' });
    await expect(acquire(one)).rejects.toMatchObject({ code: 'fleet-exists' });
  });

  test('to a file that cannot be opened changes nothing', async () => {
    const { lock, one, other } = await retargeted();
    await expect(lock.open(() => Promise.reject(new Error('EACCES')))).rejects.toThrow('EACCES');
    await acquire(other);
    await expect(acquire(one)).rejects.toMatchObject({ code: 'fleet-exists' });
  });
});
