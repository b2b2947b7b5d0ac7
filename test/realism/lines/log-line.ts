import { type Level, parseLine } from '../../../shared/record.ts';
import { findHttpRequest, type HttpRequest } from './http-request.ts';
import { templateOf } from './template.ts';

/** A line of the log, as far as a reader who knows only its form can tell. */
export interface LogLine {
  /** In ms since the epoch. */
  readonly time: number;
  readonly level: Level;
  /** WARNING or ERROR. */
  readonly isBad: boolean;
  /** As in the log: `ApiService`. */
  readonly service: string;
  /** Without the fields at its end. */
  readonly message: string;
  readonly template: string;
  readonly requestId: string | undefined;
  /** The customer, `u_4086`. */
  readonly user: string | undefined;
  /** The first order that it names, `ord_362321477`. */
  readonly order: string | undefined;
  readonly http: HttpRequest | undefined;
}

const FIELDS = / request_id=\S+(?: user=\S+)?$/;
const REQUEST_ID = /\breq_[0-9a-z]+/;
const USER = /\buser=(u_\d+)|\b(u_\d+)/;
const ORDER = /\bord_[0-9a-z]+/;

/** Reads a line; undefined if it does not have the form of a record. */
export function readLine(line: string): LogLine | undefined {
  const parsed = parseLine(line);
  if (!parsed) return undefined;
  const { time, level, service, message: text } = parsed;
  const fields = FIELDS.exec(text);
  const message = fields ? text.slice(0, fields.index) : text;
  const http = findHttpRequest(message);
  return {
    time,
    level,
    isBad: level === 'WARNING' || level === 'ERROR',
    service,
    message,
    template: templateOf(message, http),
    requestId: text.includes('req_') ? REQUEST_ID.exec(text)?.[0] : undefined,
    user: userOf(fields?.[0] ?? '') ?? userOf(message),
    order: message.includes('ord_') ? ORDER.exec(message)?.[0] : undefined,
    http,
  };
}

function userOf(text: string): string | undefined {
  if (!text.includes('u_')) return undefined;
  const match = USER.exec(text);
  return match?.[1] ?? match?.[2];
}
