import { UserError } from '../../../shared/errors.ts';
import type { TailQuery } from '../../../shared/page-api.ts';
import { LEVEL_NUMBERS, type Level } from '../../../shared/record.ts';
import type { NamedService } from '../history/second-counts.ts';

/** Longer than any id, and than most lines. */
const MAX_TEXT_LENGTH = 500;

const DEFAULT_PAST = 200;
const MAX_PAST = 1_000;

const PARAMETERS = ['services', 'levels', 'text', 'past'] as const satisfies readonly (keyof TailQuery)[];

const SUPERVISOR: NamedService = { name: 'supervisor', logName: 'Supervisor' };

/** True for a line, without its newline, that is wanted. */
export type LineFilter = (line: string) => boolean;

/** What a client wants to be sent of the log. */
export interface TailRequest {
  /** Undefined when every line is wanted. */
  readonly filter: LineFilter | undefined;
  /** How many lines of the past come first. */
  readonly past: number;
}

/**
 * Reads the query of `GET /v1/tail`, a `TailQuery`.
 * @throws {UserError} `bad-request`, `unknown-service`
 */
export function readTailQuery(
  query: Readonly<Record<string, unknown>>,
  services: readonly NamedService[],
): TailRequest {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(query)) {
    if (!PARAMETERS.some((known) => known === name)) {
      throw new UserError('bad-request', `${JSON.stringify(name)} is no parameter; use ${PARAMETERS.join(', ')}`);
    }
    if (typeof value !== 'string') throw new UserError('bad-request', `${name}: given twice; use it once`);
    if (value !== '') values.set(name, value);
  }
  const conditions = [
    headFilter(logNamesIn(values.get('services'), [...services, SUPERVISOR]), levelsIn(values.get('levels'))),
    textFilter(values.get('text')),
  ].filter((condition) => condition !== undefined);
  return {
    filter: conditions.length === 0 ? undefined : (line) => conditions.every((condition) => condition(line)),
    past: pastIn(values.get('past')),
  };
}

function logNamesIn(text: string | undefined, known: readonly NamedService[]): ReadonlySet<string> | undefined {
  if (text === undefined) return undefined;
  const names = text.split(',').map((name) => {
    const service = known.find((candidate) => candidate.name === name);
    if (service) return service.logName;
    const all = known.map((candidate) => candidate.name).join(', ');
    throw new UserError('unknown-service', `services: ${JSON.stringify(name)}: no such service; use some of ${all}`);
  });
  return new Set(names);
}

function levelsIn(text: string | undefined): ReadonlySet<string> | undefined {
  if (text === undefined) return undefined;
  const levels = text.split(',').map((level) => {
    if (Object.hasOwn(LEVEL_NUMBERS, level)) return level as Level;
    const all = Object.keys(LEVEL_NUMBERS).join(', ');
    throw new UserError('bad-request', `levels: ${JSON.stringify(level)}: no such level; use some of ${all}`);
  });
  return new Set(levels);
}

function pastIn(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PAST;
  const past = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (past <= MAX_PAST) return past;
  throw new UserError('bad-request', `past: ${JSON.stringify(text)}: use a whole number from 0 to ${MAX_PAST}`);
}

function headFilter(
  services: ReadonlySet<string> | undefined,
  levels: ReadonlySet<string> | undefined,
): LineFilter | undefined {
  if (!services && !levels) return undefined;
  return (line) => {
    const levelAt = line.indexOf('[') + 1;
    const levelEnd = line.indexOf(']', levelAt);
    if (levels && !levels.has(line.slice(levelAt, levelEnd))) return false;
    const serviceAt = levelEnd + '] ['.length;
    return !services || services.has(line.slice(serviceAt, line.indexOf(']', serviceAt)));
  };
}

function textFilter(text: string | undefined): LineFilter | undefined {
  if (text === undefined) return undefined;
  if (text.length > MAX_TEXT_LENGTH) {
    throw new UserError('bad-request', `text: has ${text.length} characters; use ${MAX_TEXT_LENGTH} at most`);
  }
  const wanted = text.toLowerCase();
  return (line) => line.toLowerCase().includes(wanted);
}
