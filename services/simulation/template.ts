import type { Variant } from '../definition/definition.ts';
import { type ParsedText, type ParsedValue, parseText } from '../definition/parse-text.ts';
import { PLACEHOLDERS } from './common-placeholders.ts';
import { compileValue } from './compile-value.ts';
import type { Getter, RenderContext, Writer } from './render-context.ts';
import { encodePiece, type Piece, type TextBuffer } from './text-buffer.ts';
import type { Value } from './value.ts';

/** Compiles a text alone: every placeholder must be one that all lines have. */
export function compileText(text: string): (context: RenderContext) => string {
  const { placeholders, literals } = parseText({ text });
  const getters = placeholders.map((name) => PLACEHOLDERS.get(name)?.get as Getter);
  return (context) => assemble(literals, getters, context);
}

/** The text of a variant, compiled for rendering as a message or straight to bytes. Call `draw` before the others. */
export class Template {
  readonly #draws: readonly Getter[];
  readonly #literals: readonly string[];
  readonly #head: string;
  /** Of head and literals; encoded when first written, since a live service never writes them. */
  #pieces: readonly Piece[] | undefined;
  readonly #getters: readonly Getter[];
  readonly #writers: readonly Writer[];
  readonly #fields: readonly (readonly [name: string, get: Getter])[];

  /**
   * @param head what precedes the message in a line of text, from after the timestamp
   * @param own placeholders of the service
   * @param fixed values that are the same in every line of the step
   */
  constructor(variant: Variant, head: string, own: ReadonlyMap<string, Getter>, fixed: ReadonlyMap<string, Value>) {
    const parsed = parseText(variant);
    const { values } = parsed;
    const { placeholders, literals } = withFixed(parsed, fixed);
    const drawn = [...values.keys()];
    const getterOf = (name: string): Getter => {
      const index = drawn.indexOf(name);
      if (index >= 0) return (context) => context.drawn[index] as Value;
      return (PLACEHOLDERS.get(name)?.get ?? own.get(name)) as Getter;
    };
    this.#draws = [...values.values()].map((value, index) => compileValue(value as ParsedValue, index, getterOf));
    this.#literals = literals;
    this.#head = head;
    this.#getters = placeholders.map(getterOf);
    this.#writers = placeholders.map((name, index) => {
      const get = this.#getters[index] as Getter;
      return PLACEHOLDERS.get(name)?.write ?? ((context, out) => out.value(get(context)));
    });
    this.#fields = [...new Set(parsed.placeholders)].map((name) => {
      return [PLACEHOLDERS.get(name)?.field ?? name, getterOf(name)];
    });
  }

  /** Draws the values of the line: a later one may depend on an earlier one. */
  draw(context: RenderContext): void {
    const draws = this.#draws;
    for (let i = 0; i < draws.length; i++) context.drawn[i] = (draws[i] as Getter)(context);
  }

  message(context: RenderContext): string {
    return assemble(this.#literals, this.#getters, context);
  }

  /** Writes head and message. */
  write(context: RenderContext, out: TextBuffer): void {
    this.#pieces ??= this.#literals.map((literal, i) => encodePiece(i === 0 ? this.#head + literal : literal));
    const pieces = this.#pieces;
    const writers = this.#writers;
    out.piece(pieces[0] as Piece);
    for (let i = 0; i < writers.length; i++) {
      (writers[i] as Writer)(context, out);
      out.piece(pieces[i + 1] as Piece);
    }
  }

  /** Adds the values that the message names, under their names in the record. */
  addFields(context: RenderContext, fields: Record<string, unknown>): void {
    for (const [name, get] of this.#fields) fields[name] = get(context);
  }
}

/** The text with its fixed values filled in: a placeholder less is a lookup and a copy less for every line. */
function withFixed(
  { placeholders, literals }: Pick<ParsedText, 'placeholders' | 'literals'>,
  fixed: ReadonlyMap<string, Value>,
): Pick<ParsedText, 'placeholders' | 'literals'> {
  const kept: string[] = [];
  const pieces = [literals[0] as string];
  placeholders.forEach((name, index) => {
    const next = literals[index + 1] as string;
    const value = fixed.get(name);
    if (value === undefined) {
      kept.push(name);
      pieces.push(next);
    } else pieces.push(`${pieces.pop()}${value}${next}`);
  });
  return { placeholders: kept, literals: pieces };
}

function assemble(literals: readonly string[], getters: readonly Getter[], context: RenderContext): string {
  let message = literals[0] as string;
  for (let i = 0; i < getters.length; i++) {
    message += (getters[i] as Getter)(context) + (literals[i + 1] as string);
  }
  return message;
}
