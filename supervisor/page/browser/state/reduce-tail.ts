import type { TailLines } from '../../../../shared/page-api.ts';
import { type LogRow, toGap, toRow } from '../log/log-row.ts';
import type { PageEvent } from './page-event.ts';
import type { TailView } from './page-state.ts';

/** Rows that are kept. */
export const MOST_ROWS = 500;

/** Lines of a quarter of a second that are shown when they are only a sample anyway. */
const SAMPLE = 80;

export function reduceTail(tail: TailView, event: PageEvent): TailView {
  switch (event.type) {
    case 'tail-opened':
      return { ...tail, rows: [], skipped: 0 };
    case 'tail-lines': {
      const { lines, skipped } = thin(event.lines);
      let { nextId } = tail;
      const rows: LogRow[] = skipped > 0 ? [toGap(nextId++, skipped)] : [];
      for (const line of lines) rows.push(toRow(nextId++, line));
      return { ...tail, rows: [...tail.rows, ...rows].slice(-MOST_ROWS), skipped: tail.skipped + skipped, nextId };
    }
    case 'tail-filter':
      return { ...tail, filter: { ...tail.filter, ...event.filter }, rows: [], frozen: null, skipped: 0 };
    case 'tail-paused':
      return { ...tail, frozen: tail.frozen ?? tail.rows };
    case 'tail-resumed':
      return { ...tail, frozen: null };
    default:
      return tail;
  }
}

/** To draw what nobody can read would cost the browser more than all the rest. */
function thin({ lines, skipped }: TailLines): TailLines {
  if (skipped === 0 || lines.length <= SAMPLE) return { lines, skipped };
  return { lines: lines.slice(-SAMPLE), skipped: skipped + lines.length - SAMPLE };
}
