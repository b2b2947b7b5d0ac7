import { PLACEHOLDERS } from '../../simulation/common-placeholders.ts';

const VALUE_NAME = /^[a-z][a-zA-Z0-9_]*$/;

/** Fields that each record, or each of a request, has: a second one of the same name would take its place. */
const RECORD_FIELDS = ['level', 'time', 'service', 'msg', 'trace_id', 'span_id', 'request_id'];

/** Fields that pino and pino-pretty write or treat in a way of their own. */
const PINO_FIELDS = ['pid', 'hostname', 'name', 'v', 'err', 'error', 'stack', 'caller', 'timestamp'];

/** True for a name that a plain object inherits, such as `constructor`: looked up in one it is never missing. */
export function isOfEveryObject(name: string): boolean {
  return name in Object.prototype;
}

/** What is wrong with that; for all names but those of draws. */
export const OF_EVERY_OBJECT = 'is a name that every object has; use another name';

/**
 * Why a value that is drawn for a line cannot have this name, which becomes a placeholder of the text and a field of
 * the record; undefined when it can.
 */
export function valueNameError(name: string): string | undefined {
  if (isOfEveryObject(name)) return OF_EVERY_OBJECT;
  if (!VALUE_NAME.test(name)) return 'is not a name; write for example "waiting"';
  if (PLACEHOLDERS.has(name)) return 'is a placeholder that every line has; use another name';
  if (RECORD_FIELDS.includes(name)) return 'is a field of every record; use another name';
  if (PINO_FIELDS.includes(name)) return 'has a meaning of its own in a record of pino; use another name';
  const [of] = [...PLACEHOLDERS].find(([, { field }]) => field === name) ?? [];
  return of && `is the field of {${of}} in a record; use another name`;
}
