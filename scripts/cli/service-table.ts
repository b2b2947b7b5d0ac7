import type { ServiceStatus } from '../../shared/control-api.ts';
import { formatDuration } from './duration.ts';
import { formatTable } from './table.ts';

const HEADINGS = ['SERVICE', 'STATE', 'PID', 'UPTIME', 'RESTARTS', 'RATIO', 'LINES', 'BAD SINCE CHANGE'];

/**
 * The table that `npm run services` prints.
 * @param now in ms since the epoch
 */
export function formatServices(services: readonly ServiceStatus[], now: number = Date.now()): string {
  const rows = services.map((service) => [
    service.name,
    describeState(service, now),
    service.pid === null ? '-' : String(service.pid),
    service.uptimeMs === null ? '-' : formatDuration(service.uptimeMs),
    String(service.restarts),
    String(service.ratio),
    String(service.lines),
    describeShare(service),
  ]);
  return formatTable(HEADINGS, rows);
}

function describeState({ state, nextTryAt, lastExit }: ServiceStatus, now: number): string {
  if (state === 'backing-off' && nextTryAt !== null) {
    return `backing off, next try in ${(Math.max(0, nextTryAt - now) / 1000).toFixed(1)} s`;
  }
  return state === 'failed' ? `failed, ${lastExit}` : state;
}

/** The observed share of bad lines, and of how many lines. */
function describeShare({ linesSinceChange, badSinceChange }: ServiceStatus): string {
  if (linesSinceChange === 0) return '-';
  return `${((100 * badSinceChange) / linesSinceChange).toFixed(1)} % of ${linesSinceChange}`;
}
