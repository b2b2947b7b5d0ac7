import { CALM_RATIO } from '../../shared/defaults.ts';
import type { IncidentStatus, MovedRatio } from '../../shared/incident-api.ts';
import { withLogFileFlag } from '../../shared/log-file-flag.ts';
import { formatDuration } from '../cli/duration.ts';
import { formatTable } from '../cli/table.ts';
import { clockTime } from './clock-time.ts';
import { type LostRise, lostRises } from './notice.ts';

/**
 * What `npm run incident` prints.
 * @param now in ms since the epoch
 */
export function formatIncidents(incidents: readonly IncidentStatus[], now: number = Date.now()): string {
  if (incidents.length === 0) return 'No incident is going on; what there is to start: npm run incident -- list';
  const rows = incidents.map((incident) => [
    incident.id,
    incident.type,
    incident.state,
    nextChange(incident, now),
    incident.state === 'over' ? '' : incident.ratios.map(describeRatio).join(', '),
  ]);
  return formatTable(['ID', 'TYPE', 'STATE', 'NEXT (UTC)', 'RATIOS'], rows);
}

/**
 * What `npm run incident -- start` prints: when what is planned, and what an alert will see of it.
 * @param logFile absolute path, for the command that helps
 * @param now in ms since the epoch
 */
export function formatPlan(incident: IncidentStatus, logFile: string, now: number = Date.now()): string {
  const { id, title, root, phases, ratios, redHerrings } = incident;
  const rows = phases.map(({ name, from, to, ratios: during }) => [
    name,
    clockTime(from, now),
    clockTime(to, now),
    ...ratios.map(({ service }) => describeRange(during[service] ?? [0, 0])),
  ]);
  const headings = ['PHASE', 'FROM (UTC)', 'TO', ...ratios.map(({ service }) => service.toUpperCase())];
  const herrings = redHerrings.map(({ service, what, from, why }) => {
    const when = `${clockTime(from, now)}, ${distance(from, phases)}`;
    return `Red herring at ${when}: ${what.includes(service) ? what : `${service}, ${what}`} (${why})`;
  });
  return [
    `${id}: ${title}`,
    root ? `Root cause: ${root.service}, ${root.component}, ${root.fault}` : 'Root cause: none, this is a control',
    '',
    formatTable(headings, rows),
    ...(herrings.length > 0 ? ['', ...herrings] : []),
    ...lostRises(incident).flatMap((lost) => ['', describeLost(lost, logFile)]),
  ].join('\n');
}

/**
 * What `npm run incident -- stop` prints about an incident.
 * @param now in ms since the epoch
 */
export function formatStopped({ id, state, to }: IncidentStatus, now: number = Date.now()): string {
  return state === 'over' ? `${id} is over` : `${id} recovers until ${clockTime(to, now)} UTC`;
}

/** When something is, from the begin of the fault. */
function distance(time: number, phases: IncidentStatus['phases']): string {
  const first = phases.find(({ name }) => name !== 'precursor');
  if (!first || time === first.from) return 'with the fault';
  const ms = Math.abs(time - first.from);
  return `${formatDuration(ms)} ${time < first.from ? 'before' : 'after'} the fault`;
}

function nextChange({ state, nextChangeAt, to, phases }: IncidentStatus, now: number): string {
  if (nextChangeAt === null) return `over since ${clockTime(to, now)}`;
  const phase = phases.find((one) => one.from === nextChangeAt);
  const next = phase?.name ?? (state === 'planned' ? 'begins' : 'over');
  const wait = formatDuration(Math.max(0, nextChangeAt - now));
  return `${next} at ${clockTime(nextChangeAt, now)}, in ${wait}`;
}

function describeRatio({ service, base, inEffect, isSetByHand }: MovedRatio): string {
  if (isSetByHand) return `${service} ${base} (set by hand)`;
  return inEffect === base ? `${service} ${base}` : `${service} ${base} -> ${inEffect}`;
}

function describeRange([first, last]: readonly [number, number]): string {
  return first === last ? String(first) : `${first} -> ${last}`;
}

function describeLost({ service, base, highest, remedy }: LostRise, logFile: string): string {
  const problem = `An alert on the bad lines of ${service} will hardly notice: over a base of ${base} its ratio rises to ${highest} only`;
  if (remedy === 'severity') return `${problem}; use a higher --severity`;
  const command = withLogFileFlag(`npm run ratios -- --all ${CALM_RATIO}`, logFile);
  return `${problem}; lower the ratios first: ${command}`;
}
