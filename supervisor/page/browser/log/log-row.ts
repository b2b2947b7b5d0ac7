import type { Level } from '../../../../shared/record.ts';
import { showControls } from './show-controls.ts';

/** A line of the log, ready to be shown as text; or, with `skipped`, the place where lines were left out. */
export interface LogRow {
  readonly id: number;
  /** The parts of the line; together they are the line, with its invisible characters made visible. */
  readonly time: string;
  readonly level: Level | null;
  readonly service: string;
  readonly message: string;
  readonly requestId: string | null;
  /** Lines that were left out here; 0 for a line. */
  readonly skipped: number;
}

const LINE = /^(\S{24}) \[(DEBUG|INFO|WARNING|ERROR)\] \[([^\]]*)\]: (.*)$/su;
const REQUEST_ID = /\breq_[0-9a-z]+/u;

/** A row for a line as it is in the log file. A line of another form has its text as the message and no level. */
export function toRow(id: number, line: string): LogRow {
  const shown = showControls(line);
  const [, time = '', level = null, service = '', message = shown] = LINE.exec(shown) ?? [];
  const requestId = REQUEST_ID.exec(message)?.[0] ?? null;
  return { id, time, level: level as Level | null, service, message, requestId, skipped: 0 };
}

/** A row that says that lines were left out. */
export function toGap(id: number, skipped: number): LogRow {
  return { id, time: '', level: null, service: '', message: '', requestId: null, skipped };
}
