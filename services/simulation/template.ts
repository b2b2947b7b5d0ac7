import type { Variant } from '../definition/definition.ts';
import { type ParsedValue, parseText } from '../definition/parse-text.ts';
import { PLACEHOLDERS } from './common-placeholders.ts';
import { compileValue } from './compile-value.ts';
import type { Getter, RenderContext, Value } from './render-context.ts';
import { encodePiece, type Piece, type TextBuffer } from './text-buffer.ts';

/** Compiles a text alone: every placeholder must be one that all lines have. */
export function compileText(text: string): (context: RenderContext) => string {
  const { placeholders, literals } = parseText({ text });
  const getters = placeholders.map((name) => getterOf(name, []));
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
  readonly #fields: readonly (readonly [name: string, get: Getter])[];

  /** @param head what precedes the message in a line of text, from after the timestamp */
  constructor(variant: Variant, head: string) {
    const { placeholders, literals, values } = parseText(variant);
    const drawn = [...values.keys()];
    this.#draws = [...values.values()].map((value, index) =>
      compileValue(value as ParsedValue, index, drawn.slice(0, index)),
    );
    this.#literals = literals;
    this.#head = head;
    this.#getters = placeholders.map((name) => getterOf(name, drawn));
    this.#fields = [...new Set(placeholders)].map((name) => {
      return [PLACEHOLDERS.get(name)?.field ?? name, getterOf(name, drawn)];
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
    const getters = this.#getters;
    out.piece(pieces[0] as Piece);
    for (let i = 0; i < getters.length; i++) {
      out.value((getters[i] as Getter)(context));
      out.piece(pieces[i + 1] as Piece);
    }
  }

  /** Adds the values that the message names, under their names in the record. */
  addFields(context: RenderContext, fields: Record<string, unknown>): void {
    for (const [name, get] of this.#fields) fields[name] = get(context);
  }
}

function assemble(literals: readonly string[], getters: readonly Getter[], context: RenderContext): string {
  let message = literals[0] as string;
  for (let i = 0; i < getters.length; i++) {
    message += (getters[i] as Getter)(context) + (literals[i + 1] as string);
  }
  return message;
}

/** @param drawn names of the variant's own values */
function getterOf(name: string, drawn: readonly string[]): Getter {
  const index = drawn.indexOf(name);
  return PLACEHOLDERS.get(name)?.get ?? ((context) => context.drawn[index] as Value);
}
