/**
 * The child process of one service: `node run.js NAME [MODULE]`, forked with an IPC channel. It reads the definitions of
 * the user's own services from stdin, as JSON; MODULE is the module of this service, if it is one of them.
 */

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { FromService, ToService } from '../../shared/ipc.ts';
import { loadCatalog } from '../load-catalog.ts';
import { pinoLineWriter } from './line-writer.ts';
import { LiveService } from './live-service.ts';

const STDIN_FD = 0;

const [name = '', modulePath] = process.argv.slice(2);
if (!process.send) {
  process.stderr.write('This program is started by the supervisor: run npm start\n');
  process.exit(2);
}

// Ctrl-C and the end of a terminal reach the whole process group; when to exit is decided by the supervisor.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});

process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
  // EPIPE: the reader is closed, and with it whoever could read about it.
  if (error.code !== 'EPIPE') process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
const definitions = readFileSync(STDIN_FD, 'utf8');
const catalog = await loadCatalog(definitions === '' ? [] : JSON.parse(definitions));
const { logName = name } = catalog.services.find((service) => service.name === name) ?? {};
const output = pinoLineWriter(logName);
const service = new LiveService(name, catalog, output, (message) => send(message));
if (modulePath !== undefined) await importOwnModule(modulePath);

process.on('message', (message: ToService) => {
  switch (message.type) {
    case 'prepare':
      return service.prepare(message.version);
    case 'commit':
      return service.applyWorld(message.version, message.world, message.from);
    case 'pause':
      return service.pause();
    case 'resume':
      return service.resume();
    case 'resynced':
      return service.onResynced();
    case 'ping':
      return send({ type: 'pong', id: message.id, lines: output.lines, until: service.writtenUntil });
    case 'stop':
      return stop();
    default:
      message satisfies never;
  }
});
process.on('SIGTERM', stop);
// Without its supervisor nobody reads its output.
process.on('disconnect', stop);
send({ type: 'ready' });

/** Its definition has already been read; this runs whatever else the module does. */
async function importOwnModule(path: string): Promise<void> {
  const { contain } = await import('../definition/user-modules/contain.ts');
  contain();
  await import(pathToFileURL(path).href);
}

function send(message: FromService): void {
  // The callback swallows the error of a channel that has just closed: `disconnect` follows.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

function stop(): void {
  service.stop(() => process.exit(0));
}
