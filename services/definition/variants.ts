/** Builders of the variants of a service definition; each returns plain data. */

import type { PlaceholderName } from '../simulation/common-placeholders.ts';
import type { ValueSpec, Variant } from './definition.ts';

/** Names of the placeholders that a text uses without defining them. */
type UsedIn<Text extends string> = Text extends `${string}{${infer Inside}}${infer Rest}`
  ? (Inside extends `${string}:${string}` ? never : Inside) | UsedIn<Rest>
  : never;

/** Names of the placeholders that a text defines: `{attempt:1..3}`. */
type DefinedIn<Text extends string> = Text extends `${string}{${infer Inside}}${infer Rest}`
  ? (Inside extends `${infer Name}:${string}` ? Name : never) | DefinedIn<Rest>
  : never;

type UnknownIn<Text extends string, Own> = Exclude<UsedIn<Text>, DefinedIn<Text> | PlaceholderName | Own>;

/**
 * A text of which every placeholder is known: one that every line has, one that the text defines, or one of `Own`.
 * Otherwise a type that names the unknown ones, which the compiler then shows.
 */
export type CheckedText<Text extends string, Own = never> = [UnknownIn<Text, Own>] extends [never]
  ? Text
  : `unknown placeholder: {${UnknownIn<Text, Own>}}`;

type Values = Readonly<Record<string, ValueSpec>>;

/** All of a variant but its level, cause and text. */
export interface VariantOptions<Own extends Values = Values>
  extends Pick<Variant, 'status' | 'fails' | 'weight' | 'when'> {
  /** Values that the text uses and does not define itself. */
  readonly values?: Own;
}

/** What goes wrong has a cause too where a customer did it. */
export interface GoodOptions<Own extends Values = Values> extends VariantOptions<Own>, Pick<Variant, 'cause'> {}

/**
 * A good line of level DEBUG.
 * @param text with placeholders: `connection pool: {active:1~24}/{max:30|50} in use`
 */
export function debug<const Text extends string, const Own extends Values = Record<never, never>>(
  text: CheckedText<Text, keyof Own>,
  options: GoodOptions<Own> = {},
): Variant {
  return { level: 'DEBUG', text, ...options };
}

/**
 * A good line of level INFO.
 * @param text with placeholders: `captured {amount} EUR for {order}, charge {charge}`
 */
export function info<const Text extends string, const Own extends Values = Record<never, never>>(
  text: CheckedText<Text, keyof Own>,
  options: GoodOptions<Own> = {},
): Variant {
  return { level: 'INFO', text, ...options };
}

/**
 * A bad line of level WARNING.
 * @param cause short name of what is wrong, in snake case
 * @param text with placeholders: `code of {user} wrong, attempt {attempt:1..3} of 3`
 */
export function warn<const Text extends string, const Own extends Values = Record<never, never>>(
  cause: string,
  text: CheckedText<Text, keyof Own>,
  options: VariantOptions<Own> = {},
): Variant {
  return { level: 'WARNING', cause, text, ...options };
}

/**
 * A bad line of level ERROR.
 * @param cause short name of what is wrong, in snake case
 * @param text with placeholders: `ledger entry for {order} not written: disk full`
 */
export function error<const Text extends string, const Own extends Values = Record<never, never>>(
  cause: string,
  text: CheckedText<Text, keyof Own>,
  options: VariantOptions<Own> = {},
): Variant {
  return { level: 'ERROR', cause, text, ...options };
}
