/** Scenario files: those of the package, by name, and those of users, by path. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../shared/errors.ts';
import { parseScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';
import type { ScenarioContext } from './scenario-context.ts';

const EXTENSION = '.yaml';

/** Longer than any that a person writes, in bytes. */
const MAX_BYTES = 1_000_000;

/** Where the package keeps its own: beside this file, or beside its source when that is compiled. */
const DIRECTORY = directoryOf('services/scenarios/files');

/** Names of those of the package. */
export function scenarioNames(): readonly string[] {
  const files = readdirSync(DIRECTORY).filter((file) => file.endsWith(EXTENSION));
  return files.map((file) => file.slice(0, -EXTENSION.length)).sort();
}

/**
 * Reads and checks a scenario.
 * @param name of one of the package, or a path
 * @throws {UserError} `bad-scenario`, which names the first mistake with line and column
 */
export function findScenario(name: string, context: ScenarioContext): Scenario {
  const parsed = parseScenario(readScenario(name), context);
  if ('scenario' in parsed) return parsed.scenario;
  const [{ line, column, problem }, ...more] = parsed.mistakes;
  const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
  throw new UserError('bad-scenario', `--scenario ${name}:${line}:${column}: ${problem}${rest}`);
}

/** The text of a scenario, by its name or path. */
export function readScenario(name: string): string {
  const isOwn = scenarioNames().includes(name);
  const path = isOwn ? join(DIRECTORY, name + EXTENSION) : name;
  try {
    const bytes = readFileSync(path);
    if (bytes.length <= MAX_BYTES) return bytes.toString();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`;
    const advice = `use a path or one of ${scenarioNames().join(', ')}`;
    throw new UserError('bad-scenario', `--scenario: ${JSON.stringify(name)}: ${problem}; ${advice}`);
  }
  throw new UserError('bad-scenario', `--scenario: ${JSON.stringify(name)} is larger than 1 MB; use a smaller file`);
}

/** A directory of the package by its path in it; the compiled code is one folder deeper. */
function directoryOf(path: string): string {
  let root = dirname(fileURLToPath(import.meta.url));
  for (let depth = path.split('/').length - 1; depth > 0; depth--) root = dirname(root);
  return join(root.endsWith('dist') ? dirname(root) : root, path);
}
