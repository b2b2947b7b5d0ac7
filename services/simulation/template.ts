import type { Variant } from '../definition/definition.ts';
import { PLACEHOLDERS } from './placeholders.ts';
import type { Getter, RenderContext, Value } from './render-context.ts';
import { encodePiece, type Piece, type TextBuffer } from './text-buffer.ts';
import { compileDraw } from './values.ts';

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** Names of the placeholders of a text, in order. */
export function placeholdersOf(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1] as string);
}

/** The pieces of a text between its placeholders: one more than there are of these. */
function literalsOf(text: string): string[] {
  return text.split(PLACEHOLDER).filter((_, index) => index % 2 === 0);
}

/** Compiles a text alone: every placeholder must be one that all lines have. */
export function compileText(text: string): (telling: RenderContext) => string {
  const literals = literalsOf(text);
  const getters = placeholdersOf(text).map((name) => getterOf(name, []));
  return (telling) => assemble(literals, getters, telling);
}

/** The text of a variant, compiled for telling as a message or straight to bytes. Call `draw` before the others. */
export class Template {
  readonly #draws: readonly Getter[];
  readonly #literals: readonly string[];
  readonly #head: string;
  /** Of head and literals; made when first written, for a live service never writes them. */
  #pieces: readonly Piece[] | undefined;
  readonly #getters: readonly Getter[];
  readonly #fields: readonly (readonly [name: string, get: Getter])[];

  /** @param head what stands before the message in the text of a line, from behind the time stamp */
  constructor({ text, with: draws = {} }: Variant, head: string) {
    const drawn = Object.keys(draws);
    const names = placeholdersOf(text);
    this.#draws = Object.values(draws).map((spec, index) => compileDraw(spec, index, drawn));
    this.#literals = literalsOf(text);
    this.#head = head;
    this.#getters = names.map((name) => getterOf(name, drawn));
    this.#fields = [...new Set(names)].map((name) => [PLACEHOLDERS.get(name)?.field ?? name, getterOf(name, drawn)]);
  }

  /** Draws the figures of the line, in the order given: a later one may depend on an earlier one. */
  draw(telling: RenderContext): void {
    const draws = this.#draws;
    for (let i = 0; i < draws.length; i++) telling.drawn[i] = (draws[i] as Getter)(telling);
  }

  message(telling: RenderContext): string {
    return assemble(this.#literals, this.#getters, telling);
  }

  /** Writes head and message. */
  write(telling: RenderContext, out: TextBuffer): void {
    this.#pieces ??= this.#literals.map((literal, i) => encodePiece(i === 0 ? this.#head + literal : literal));
    const pieces = this.#pieces;
    const getters = this.#getters;
    out.piece(pieces[0] as Piece);
    for (let i = 0; i < getters.length; i++) {
      out.value((getters[i] as Getter)(telling));
      out.piece(pieces[i + 1] as Piece);
    }
  }

  /** Adds the values that the message names, under their names in the record. */
  addFields(telling: RenderContext, fields: Record<string, unknown>): void {
    for (const [name, get] of this.#fields) fields[name] = get(telling);
  }
}

function assemble(literals: readonly string[], getters: readonly Getter[], telling: RenderContext): string {
  let message = literals[0] as string;
  for (let i = 0; i < getters.length; i++) {
    message += (getters[i] as Getter)(telling) + (literals[i + 1] as string);
  }
  return message;
}

/** @param drawn names of the variant's own figures */
function getterOf(name: string, drawn: readonly string[]): Getter {
  const index = drawn.indexOf(name);
  return PLACEHOLDERS.get(name)?.get ?? ((telling) => telling.drawn[index] as Value);
}
