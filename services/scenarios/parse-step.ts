import { ID_ADVICE, isIncidentId } from '../../shared/check-incident.ts';
import { LIMITS } from '../../shared/defaults.ts';
import type { Ratios } from '../../shared/ratios.ts';
import { show } from '../definition/validation/validation-errors.ts';
import type { IncidentType } from '../incidents/incident-type.ts';
import { instancesOf } from '../incidents/resolve-incident.ts';
import type { Step } from './scenario.ts';
import type { ScenarioContext } from './scenario-context.ts';
import type { ScenarioReader } from './scenario-reader.ts';
import type { Path } from './yaml-source.ts';

const TRAFFIC_FACTOR = { min: 0.1, max: 10 };

/** What each kind of step may have besides `at` and its own name, which says what it is about. */
const STEP_KEYS = {
  incident: ['id', 'target', 'for', 'severity', 'at-once', 'announced', 'red-herrings'],
  deploy: ['version'],
  stop: ['for'],
  kill: [],
  ratios: ['for'],
  traffic: ['for'],
} as const satisfies Readonly<Record<Step['kind'], readonly string[]>>;

const KINDS = Object.keys(STEP_KEYS) as Step['kind'][];

type Fields = Readonly<Partial<Record<string, unknown>>>;

/** One step; undefined, with a mistake, when it is not clear which kind it has. */
export function parseStep(
  reader: ScenarioReader,
  value: unknown,
  path: Path,
  context: ScenarioContext,
): Step | undefined {
  const every = ['at', ...KINDS, ...new Set(Object.values(STEP_KEYS).flat())];
  const fields: Fields = reader.object(value, path, every);
  const kinds = KINDS.filter((kind) => fields[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    const found = kinds.length > 1 ? `has ${kinds.join(' and ')}` : 'does nothing';
    reader.add(path, `${found}; use one of ${KINDS.join(', ')}`);
    return undefined;
  }
  const known: readonly string[] = ['at', kind, ...STEP_KEYS[kind]];
  for (const key of Object.keys(fields)) {
    if (every.includes(key) && !known.includes(key))
      reader.add([...path, key], `has no meaning for ${kind}; use ${known.join(', ')}`);
  }
  const atMs = reader.length(fields.at, [...path, 'at'], false) ?? 0;
  return { atMs, ...readKind(reader, kind, fields, path, context) } as Step;
}

function readKind(
  reader: ScenarioReader,
  kind: Step['kind'],
  fields: Fields,
  path: Path,
  context: ScenarioContext,
): object {
  const names = context.catalog.services.map(({ name }) => name);
  const service = (): string => reader.word(fields[kind], [...path, kind], names) ?? '';
  const forMs = lengthOf(reader, fields, path);
  switch (kind) {
    case 'incident':
      return { kind, ...readIncident(reader, fields, path, context), ...forMs };
    case 'deploy':
      return {
        kind,
        service: service(),
        ...(fields.version !== undefined && { version: reader.text(fields.version, [...path, 'version']) }),
      };
    case 'kill':
      return { kind, service: service() };
    case 'stop':
      return { kind, service: service(), ...forMs };
    case 'ratios':
      return { kind, ratios: spread(reader.ratios(fields.ratios, [...path, kind], names), names), ...forMs };
    case 'traffic':
      if (fields.for === undefined) reader.add(path, 'has no end; add a length, for example for: 10m');
      return { kind, factor: reader.number(fields.traffic, [...path, kind], TRAFFIC_FACTOR), ...forMs };
    default:
      return kind satisfies never;
  }
}

function readIncident(reader: ScenarioReader, fields: Fields, path: Path, { types, catalog }: ScenarioContext): object {
  const name = reader.word(
    fields.incident,
    [...path, 'incident'],
    types.map((type) => type.name),
  );
  const type = types.find((candidate) => candidate.name === name);
  const { id, target, severity } = fields;
  if (id !== undefined && !isIncidentId(id)) {
    reader.add([...path, 'id'], `${show(id)} is invalid; ${ID_ADVICE}`);
  }
  if (target !== undefined && type) checkTarget(reader, target, type, [...path, 'target'], catalog);
  const flag = (key: string): boolean => reader.flag(fields[key], [...path, key]);
  return {
    type: name,
    ...(id !== undefined && { id }),
    ...(target !== undefined && { target }),
    ...(severity !== undefined && { severity: reader.number(severity, [...path, 'severity'], LIMITS.severity) }),
    ...(fields['at-once'] !== undefined && { isAtOnce: flag('at-once') }),
    ...(fields.announced !== undefined && { isAnnounced: flag('announced') }),
    ...(fields['red-herrings'] !== undefined && { hasRedHerrings: flag('red-herrings') }),
  };
}

function checkTarget(
  reader: ScenarioReader,
  target: unknown,
  type: IncidentType,
  path: Path,
  catalog: ScenarioContext['catalog'],
): void {
  const instances = instancesOf(type, catalog);
  if (instances.length === 0) reader.add(path, `${type.name} has no choice of targets; leave it out`);
  else reader.word(target, path, instances);
}

function lengthOf(reader: ScenarioReader, fields: Fields, path: Path): { forMs?: number } {
  const ms = fields.for === undefined ? undefined : reader.length(fields.for, [...path, 'for'], true);
  return ms === undefined ? {} : { forMs: ms };
}

/** `all` stands for the services that are not named. */
function spread({ all, ...named }: Ratios, names: readonly string[]): Ratios {
  return all === undefined ? named : { ...Object.fromEntries(names.map((name) => [name, all])), ...named };
}
