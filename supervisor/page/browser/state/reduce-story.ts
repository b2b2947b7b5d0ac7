import { toRow } from '../log/log-row.ts';
import type { PageEvent } from './page-event.ts';
import type { Story } from './page-state.ts';

/** More lines than any request writes. */
const MOST_ROWS = 1_000;

export function reduceStory(story: Story | null, event: PageEvent): Story | null {
  if (event.type === 'story-opened') return { requestId: event.requestId, rows: [] };
  if (!story) return null;
  switch (event.type) {
    case 'story-closed':
      return null;
    case 'story-connected':
      return { ...story, rows: [] };
    case 'story-lines': {
      const added = event.lines.map((line, index) => toRow(story.rows.length + index, line));
      // Time stamps of one form are in order as texts are; lines of different services may come a little out of order.
      const rows = [...story.rows, ...added].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.id - b.id));
      return { ...story, rows: rows.slice(0, MOST_ROWS) };
    }
    default:
      return story;
  }
}
