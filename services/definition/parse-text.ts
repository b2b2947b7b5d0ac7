/** The values of a text: which placeholders it has, and how each is drawn. */

import type { ValueSpec, Variant } from './definition.ts';

/** A value specification, parsed. */
export type ParsedValue =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'range' | 'skewed' | 'money'; readonly low: number; readonly high: number }
  | { readonly kind: 'oneOf'; readonly items: readonly (string | number)[] }
  | { readonly kind: 'hex'; readonly digits: number }
  | { readonly kind: 'plus'; readonly base: string; readonly low: number; readonly high: number }
  | { readonly kind: 'percent'; readonly part: string; readonly whole: string }
  /** The largest round figure below the duration of the step: the limit that it has just exceeded. */
  | { readonly kind: 'limit' };

export interface ParsedText {
  /** Names of its placeholders, in order. */
  readonly placeholders: readonly string[];
  /** The text between them: one piece more than there are placeholders. */
  readonly literals: readonly string[];
  /** Its own values by name, each after those that it refers to; undefined for one that could not be parsed. */
  readonly values: ReadonlyMap<string, ParsedValue | undefined>;
}

const PLACEHOLDER = /\{([^{}:]*)(?::([^{}]*))?\}/g;

/** `{limit}` needs no specification. */
const LIMIT = 'limit';

/** Parses the text of a variant. The order of its values is part of what it renders. */
export function parseText({ text, values = {} }: Pick<Variant, 'text' | 'values'>): ParsedText {
  const matches = [...text.matchAll(PLACEHOLDER)];
  const specs = new Map<string, ParsedValue | undefined>();
  for (const [name, spec] of Object.entries(values)) specs.set(name, parseValue(spec));
  for (const [, name = '', spec] of matches) {
    if (spec !== undefined) specs.set(name, specs.has(name) ? undefined : parseInline(spec));
  }
  const placeholders = matches.map(([, name = '']) => name);
  if (placeholders.includes(LIMIT) && !specs.has(LIMIT)) specs.set(LIMIT, { kind: 'limit' });
  return {
    placeholders,
    literals: literalsOf(text, matches),
    values: inOrder(specs, placeholders, Object.keys(values)),
  };
}

/** Parses a value specification; undefined when it is invalid. */
export function parseValue(spec: ValueSpec): ParsedValue | undefined {
  if (typeof spec === 'number') return Number.isFinite(spec) ? { kind: 'constant', value: spec } : undefined;
  if (typeof spec === 'string') return parseInline(spec);
  const isItem = (item: unknown): boolean => (typeof item === 'string' && item !== '') || Number.isFinite(item);
  const isList = Array.isArray(spec) && spec.length > 0 && spec.every(isItem);
  return isList ? { kind: 'oneOf', items: spec } : undefined;
}

/** Names of the values that this one refers to. */
export function referencesOf(value: ParsedValue | undefined): readonly string[] {
  if (value?.kind === 'plus') return [value.base];
  return value?.kind === 'percent' ? [value.part, value.whole] : [];
}

function parseInline(spec: string): ParsedValue | undefined {
  if (spec.includes('|')) return oneOf(spec.split('|'));
  if (/^-?\d+$/.test(spec)) return { kind: 'constant', value: Number(spec) };
  const [, digits] = /^hex([1-8])$/.exec(spec) ?? [];
  if (digits) return { kind: 'hex', digits: Number(digits) };
  const [, part, whole] = /^percent\((\w+), ?(\w+)\)$/.exec(spec) ?? [];
  if (part && whole) return { kind: 'percent', part, whole };
  const [, base, first, last] = /^([a-z]\w*)([+-]\d+)\.\.([+-]?\d+)$/.exec(spec) ?? [];
  if (base) return isRange(first, last) ? { kind: 'plus', base, low: Number(first), high: Number(last) } : undefined;
  const [, low, separator, high] = /^(-?\d+(?:\.\d\d)?)(\.\.|~)(-?\d+(?:\.\d\d)?)$/.exec(spec) ?? [];
  if (!isRange(low, high)) return undefined;
  const isMoney = [low, high].map((bound) => bound?.includes('.'));
  if (isMoney[0] !== isMoney[1] || (isMoney[0] && separator === '..')) return undefined;
  if (isMoney[0]) return { kind: 'money', low: cents(low), high: cents(high) };
  return { kind: separator === '~' ? 'skewed' : 'range', low: Number(low), high: Number(high) };
}

function oneOf(items: readonly string[]): ParsedValue | undefined {
  if (items.includes('')) return undefined;
  const isNumeric = items.every((item) => /^-?\d+$/.test(item));
  return { kind: 'oneOf', items: isNumeric ? items.map(Number) : items };
}

function isRange(low: string | undefined, high: string | undefined): boolean {
  return low !== undefined && high !== undefined && Number(low) <= Number(high);
}

function cents(amount: string | undefined): number {
  return Math.round(Number(amount) * 100);
}

function literalsOf(text: string, matches: readonly RegExpExecArray[]): readonly string[] {
  const starts = [0, ...matches.map((match) => match.index + match[0].length)];
  const ends = [...matches.map(({ index }) => index), text.length];
  return starts.map((start, index) => text.slice(start, ends[index]));
}

/** The limit first, then in the order in which they are given and then in which they appear. */
function inOrder(
  specs: ReadonlyMap<string, ParsedValue | undefined>,
  placeholders: readonly string[],
  given: readonly string[],
): ReadonlyMap<string, ParsedValue | undefined> {
  const ordered = new Map<string, ParsedValue | undefined>();
  const visited = new Set<string>();
  const visit = (name: string): void => {
    if (visited.has(name) || !specs.has(name)) return;
    visited.add(name);
    const value = specs.get(name);
    for (const reference of referencesOf(value)) visit(reference);
    ordered.set(name, value);
  };
  if (specs.get(LIMIT)?.kind === 'limit') visit(LIMIT);
  for (const name of [...given, ...placeholders]) visit(name);
  return ordered;
}
