/**
 * The child process of one service: `node run.js NAME [MODULE]`, forked with an IPC channel. On stdin it gets the
 * definitions of the user's own services as JSON; MODULE is the module of this one, if it is one of them.
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

// Ctrl-C and the end of a terminal reach the whole process group: when to leave is the supervisor's to say.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});

// A reader that is gone: there is nobody left to tell it to.
process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
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
      return leave();
    default:
      message satisfies never;
  }
});
process.on('SIGTERM', leave);
// Without its supervisor nobody reads what it writes.
process.on('disconnect', leave);
send({ type: 'ready' });

/** Its definition has been read already; this is for whatever else it does in the process of its service. */
async function importOwnModule(path: string): Promise<void> {
  const { contain } = await import('../definition/user-modules/contain.ts');
  contain();
  await import(pathToFileURL(path).href);
}

function send(message: FromService): void {
  // A channel that has just closed is told by `disconnect`.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

function leave(): void {
  service.leave(() => process.exit(0));
}
