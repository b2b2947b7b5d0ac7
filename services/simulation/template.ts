import type { Variant } from './definition.ts';
import { PLACEHOLDERS } from './placeholders.ts';
import type { Getter, Telling, Value } from './telling.ts';
import { compileDraw } from './values.ts';

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** Names of the placeholders of a text, in order. */
export function placeholdersOf(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1] as string);
}

/** A text compiled for telling. */
export interface Template {
  readonly message: (telling: Telling) => string;
  /** The values that the message names, under their names in the record. Call it after `message`. */
  readonly fields: (telling: Telling) => Record<string, Value>;
}

/** Compiles a text alone: every placeholder must be one that all lines have. */
export function compileText(text: string): (telling: Telling) => string {
  const literals = text.split(PLACEHOLDER).filter((_, index) => index % 2 === 0);
  const getters = placeholdersOf(text).map(getter);
  return (telling) => {
    let message = literals[0] as string;
    for (let i = 0; i < getters.length; i++) {
      message += (getters[i] as Getter)(telling) + (literals[i + 1] as string);
    }
    return message;
  };
}

/** Compiles a variant: first its draws in the order given, then the text. */
export function compileVariant(variant: Variant): Template {
  const draws = Object.entries(variant.with ?? {}).map(([name, spec], index) => ({
    name,
    get: compileDraw(spec, index),
  }));
  const message = compileText(variant.text);
  const fields = [...new Set(placeholdersOf(variant.text))].map((name) => ({
    field: PLACEHOLDERS[name]?.field ?? name,
    get: getter(name),
  }));
  return {
    message: (telling) => {
      for (const { name, get } of draws) telling.drawn[name] = get(telling);
      return message(telling);
    },
    fields: (telling) => {
      const values: Record<string, Value> = {};
      for (const { field, get } of fields) values[field] = get(telling);
      return values;
    },
  };
}

function getter(name: string): Getter {
  return PLACEHOLDERS[name]?.get ?? ((telling) => telling.drawn[name] ?? '');
}
