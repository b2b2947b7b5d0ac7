/**
 * `node import-module.js PATH`: imports a user's module in a process of its own and writes its default export, as JSON, to
 * a file descriptor of its own. It ends by SIGKILL, so that nothing the module has set up can prevent it.
 */

import { writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { escapeControlChars } from '../../../shared/record.ts';
import { exitWithParent } from './exit-with-parent.ts';
import { ANSWER_FD, type ModuleAnswer } from './module-answer.ts';
import { findNotPlain } from './plain-data.ts';

const [path = ''] = process.argv.slice(2);
exitWithParent();
writeFileSync(ANSWER_FD, JSON.stringify(await answer()));
process.kill(process.pid, 'SIGKILL');

async function answer(): Promise<ModuleAnswer> {
  try {
    const { default: definition } = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
    const fault = findNotPlain(definition, 'the default export');
    return fault === undefined ? { type: 'definition', definition } : { type: 'fault', fault };
  } catch (error) {
    return { type: 'error', error: escapeControlChars(reasonOf(error)) };
  }
}

/** The first line of the error, without the path of this file, which Node adds when a module is not found. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [message = ''] = error.message.split('\n');
  return `${error.name}: ${message.replace(` imported from ${fileURLToPath(import.meta.url)}`, '')}`;
}
