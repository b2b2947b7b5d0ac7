/** Short forms for the variants of a service definition; each returns plain data. */

import type { ValueSpec, Variant } from './definition.ts';

export type { Condition, Journey, ServiceDefinition, Step, ValueSpec, Variant } from './definition.ts';

type Rest = Omit<Variant, 'level' | 'text' | 'cause' | 'with'>;
type Values = Readonly<Record<string, ValueSpec>>;

export function debug(text: string, values: Values = {}, rest: Rest = {}): Variant {
  return { level: 'DEBUG', text, with: values, ...rest };
}

export function info(text: string, values: Values = {}, rest: Rest = {}): Variant {
  return { level: 'INFO', text, with: values, ...rest };
}

export function warn(cause: string, text: string, values: Values = {}, rest: Rest = {}): Variant {
  return { level: 'WARNING', cause, text, with: values, ...rest };
}

export function error(cause: string, text: string, values: Values = {}, rest: Rest = {}): Variant {
  return { level: 'ERROR', cause, text, with: values, ...rest };
}
