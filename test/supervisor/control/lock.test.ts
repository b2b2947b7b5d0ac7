import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { controlSocketPath } from '../../../shared/paths.ts';
import { takeLock } from '../../../supervisor/control/lock.ts';
import { useOwnRuntimeDirectory } from '../../tools/runtime-directory.ts';
import { temporaryDirectory } from '../../tools/temporary.ts';

useOwnRuntimeDirectory();

const answerPid: RequestListener = (_request, response) => response.end(JSON.stringify({ pid: 4711 }));

function server(listener: RequestListener = answerPid): Server {
  const created = createServer(listener);
  onTestFinished(() => {
    created.closeAllConnections();
    created.close();
  });
  return created;
}

const logFile = () => path.join(temporaryDirectory(), 'app.log');

/** A socket that nobody listens on: what a killed fleet leaves. */
async function leaveStaleSocket(socketPath: string): Promise<void> {
  mkdirSync(path.dirname(socketPath), { recursive: true, mode: 0o700 });
  const net = createNetServer();
  await new Promise<void>((resolve) => net.listen(`${socketPath}.old`, resolve));
  linkSync(`${socketPath}.old`, socketPath);
  await new Promise((resolve) => net.close(resolve));
  expect(lstatSync(socketPath).isSocket()).toBe(true);
}

test('a free log file is taken: the socket is private and released without a trace', async () => {
  const file = logFile();
  const lock = await takeLock(server(), file);
  expect(lock.socketPath).toBe(controlSocketPath(file));
  expect(lstatSync(lock.socketPath).mode & 0o777).toBe(0o600);
  expect(lstatSync(path.dirname(lock.socketPath)).mode & 0o777).toBe(0o700);
  expect(readdirSync(path.dirname(lock.socketPath))).toHaveLength(1);
  lock.release();
  expect(readdirSync(path.dirname(lock.socketPath))).toHaveLength(0);
});

test('a second fleet is refused with the pid of the first', async () => {
  const file = logFile();
  const { socketPath } = await takeLock(server(), file);
  await expect(takeLock(server(), file)).rejects.toMatchObject({
    code: 'fleet-exists',
    message: expect.stringContaining(`another fleet (pid 4711) writes to ${file};`),
  });
  expect(readdirSync(path.dirname(socketPath))).toHaveLength(1);
});

test.each([
  { where: 'app.log here', file: () => path.resolve('app.log'), advice: () => 'npm stop' },
  { where: 'another file', file: logFile, advice: (file: string) => `npm stop -- --log-file ${file}` },
  {
    where: 'a file with spaces in its name',
    file: () => path.join(temporaryDirectory(), 'my app.log'),
    advice: (file: string) => `npm stop -- --log-file '${file}'`,
  },
])('a second fleet on $where is told how to stop the first', async ({ file, advice }) => {
  const path = file();
  await takeLock(server(), path);
  await expect(takeLock(server(), path)).rejects.toMatchObject({
    code: 'fleet-exists',
    message: expect.stringMatching(new RegExp(`; stop it with ${advice(path)}, or give another --log-file$`)),
  });
});

test('a second fleet is refused by whatever way the file is named', async () => {
  const file = logFile();
  writeFileSync(file, '');
  const link = path.join(temporaryDirectory(), 'link.log');
  symlinkSync(file, link);
  await takeLock(server(), file);
  await expect(takeLock(server(), link)).rejects.toMatchObject({ code: 'fleet-exists' });
});

test('a second fleet is refused by one that does not answer', async () => {
  const file = logFile();
  await takeLock(
    server(() => {}),
    file,
  );
  await expect(takeLock(server(), file)).rejects.toMatchObject({
    message: expect.stringContaining('another fleet (a process that does not answer)'),
  });
});

describe('a stale socket', () => {
  test('is taken over', async () => {
    const file = logFile();
    await leaveStaleSocket(controlSocketPath(file));
    const lock = await takeLock(server(), file);
    await expect(takeLock(server(), file)).rejects.toMatchObject({ code: 'fleet-exists' });
    lock.release();
    expect(existsSync(lock.socketPath)).toBe(false);
  });

  test('is taken over by one only, of several that find it', async () => {
    const file = logFile();
    for (let round = 0; round < 10; round++) {
      await leaveStaleSocket(controlSocketPath(file));
      const results = await Promise.allSettled(Array.from({ length: 4 }, () => takeLock(server(), file)));
      const taken = results.filter(({ status }) => status === 'fulfilled');
      expect(taken).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'fulfilled') result.value.release();
        else expect(result.reason).toMatchObject({ code: 'fleet-exists' });
      }
    }
  });
});

test('a release leaves alone what is no longer ours', async () => {
  const file = logFile();
  const first = await takeLock(server(), file);
  first.release();
  const second = await takeLock(server(), file);
  first.release();
  expect(existsSync(second.socketPath)).toBe(true);
});

test.for([
  { what: 'that others may enter', spoil: (directory: string) => chmodSync(directory, 0o755), byRoot: false },
  { what: 'owned by someone else', spoil: (directory: string) => chownSync(directory, 65_534, 65_534), byRoot: true },
])('a socket directory $what is refused', async ({ spoil, byRoot }, { skip }) => {
  skip(byRoot && process.getuid?.() !== 0, 'only root can give a directory away');
  const file = logFile();
  const directory = path.dirname(controlSocketPath(file));
  mkdirSync(directory, { mode: 0o700 });
  spoil(directory);
  await expect(takeLock(server(), file)).rejects.toMatchObject({ code: 'socket-directory' });
});
