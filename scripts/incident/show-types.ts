import type { IncidentTypeInfo, IncidentTypePhase } from '../../shared/incident-api.ts';
import { formatDuration } from '../cli/duration.ts';
import { formatTable } from '../cli/table.ts';

/** What `npm run incident -- list` prints. */
export function formatTypes(types: readonly IncidentTypeInfo[]): string {
  const rows = types.map(({ name, root, phases, difficulty, title }) => [
    name,
    root?.service ?? '-',
    minutes(faultMinutes(phases)),
    String(difficulty),
    title,
  ]);
  return formatTable(['TYPE', 'ROOT', 'FAULT', 'DIFFICULTY', 'WHAT'], rows);
}

/** What `npm run incident -- show` prints. */
export function formatType({ name, title, shows, root, targets, phases, rises, ...rest }: IncidentTypeInfo): string {
  const { redHerrings, difficulty } = rest;
  const [first, ...others] = targets;
  const facts = [
    ['root cause', root ? `${root.service}, ${root.component}, ${root.fault}` : 'none: this is a control'],
    ...(first === undefined ? [] : [['--target', [`${first} (default)`, ...others].join(', ')]]),
    ['--for', `${minutes(faultMinutes(phases))} (default)`],
    ['difficulty', `${difficulty} of 3`],
    ['bad lines', describeRises(rises)],
  ] as const;
  const width = Math.max(...facts.map(([fact]) => fact?.length ?? 0));
  const herrings = redHerrings.map(({ service, what, atMinute, minutes: length, why }) => [
    `${what} of ${service}`,
    `${atMinute} min`,
    minutes(length),
    why,
  ]);
  return [
    `${name}: ${title}`,
    '',
    shows,
    '',
    ...facts.map(([fact, value]) => `${fact?.padEnd(width)}  ${value}`),
    '',
    formatTable(
      ['PHASE', 'LASTS', 'SHARE OF THE LINES IN REACH'],
      phases.map((phase) => [phase.name, minutes(phase.minutes), root ? describeShare(phase) : '-']),
    ),
    ...(herrings.length > 0 ? ['', formatTable(['RED HERRING', 'AT', 'LASTS', 'HARMLESS, FOR'], herrings)] : []),
  ].join('\n');
}

/** From the begin of the onset to the end of the plateau. */
function faultMinutes(phases: readonly IncidentTypePhase[]): number {
  const during = phases.filter(({ name }) => name === 'onset' || name === 'plateau');
  return during.reduce((sum, phase) => sum + phase.minutes, 0);
}

function minutes(count: number): string {
  return formatDuration(count * 60_000).replace(/ 0 (min|s|h)$/, '');
}

function describeShare({ share: [first, last] }: IncidentTypePhase): string {
  const [from, to] = [first, last].map((share) => Math.round(share * 100));
  return from === to ? `${from} %` : `${from} -> ${to} %`;
}

function describeRises(rises: IncidentTypeInfo['rises']): string {
  const list = Object.entries(rises).map(([service, ratio]) => `${service} ${ratio}`);
  return list.length === 0 ? 'no more than without it' : `its plateau adds, in ten lines: ${list.join(', ')}`;
}
