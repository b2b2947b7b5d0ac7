import { type LogRow, toGap, toRow } from '../log/log-row.ts';
import type { PageEvent } from './page-event.ts';
import type { TailView } from './page-state.ts';

/** Rows that are kept. */
export const MOST_ROWS = 500;

export function reduceTail(tail: TailView, event: PageEvent): TailView {
  switch (event.type) {
    case 'tail-opened':
      return { ...tail, rows: [], skipped: 0 };
    case 'tail-lines': {
      const { lines, skipped } = event.lines;
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
