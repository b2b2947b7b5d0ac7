import type { Variant } from '../definition/definition.ts';
import { type ParsedText, type ParsedValue, parseText } from '../definition/parse-text.ts';
import { PLACEHOLDERS } from './common-placeholders.ts';
import { compileValue } from './compile-value.ts';
import type { Getter, RenderContext, RenderedValue, Writer } from './render-context.ts';
import { encodePieces, type Pieces, type TextBuffer } from './text-buffer.ts';

/** Compiles a text alone: every placeholder must be one that all lines have. */
export function compileText(text: string): (context: RenderContext) => string {
  const { placeholders, literals } = parseText({ text });
  const getters = placeholders.map((name) => PLACEHOLDERS.get(name)?.get as Getter);
  return (context) => assemble(literals, getters, context);
}

/** The text of a variant, compiled for rendering as a message or straight to bytes. */
export class Template {
  readonly #literals: readonly string[];
  readonly #head: string;
  /** Of head and literals; encoded when first written, since a live service never writes them. */
  #pieces: Pieces | undefined;
  readonly #getters: readonly Getter[];
  /** Of the values that have one. */
  readonly #writers: readonly (Writer | undefined)[];
  readonly #fields: readonly (readonly [name: string, get: Getter])[];

  /**
   * @param head what precedes the message in a line of text, from after the timestamp
   * @param own placeholders of the service
   * @param fixed texts that stand for a placeholder in every line of the step
   */
  constructor(
    variant: Variant,
    head: string,
    own: ReadonlyMap<string, RenderedValue>,
    fixed: ReadonlyMap<string, string>,
  ) {
    const parsed = parseText(variant);
    const { placeholders, literals } = withFixed(parsed, fixed);
    const drawn = new Map<string, RenderedValue>();
    const named = (name: string): RenderedValue =>
      (drawn.get(name) ?? PLACEHOLDERS.get(name) ?? own.get(name)) as RenderedValue;
    // Each comes after those that it refers to.
    for (const [name, value] of parsed.values) {
      drawn.set(
        name,
        compileValue(value as ParsedValue, drawn.size, (other) => named(other).get),
      );
    }
    const values = placeholders.map(named);
    this.#literals = literals;
    this.#head = head;
    this.#getters = values.map(({ get }) => get);
    this.#writers = values.map(({ write }) => write);
    this.#fields = [...new Set(parsed.placeholders)].map((name) => {
      return [PLACEHOLDERS.get(name)?.field ?? name, named(name).get];
    });
  }

  message(context: RenderContext): string {
    return assemble(this.#literals, this.#getters, context);
  }

  /** Writes head and message. */
  write(context: RenderContext, out: TextBuffer): void {
    this.#pieces ??= encodePieces(this.#literals.map((literal, i) => (i === 0 ? this.#head + literal : literal)));
    const pieces = this.#pieces;
    const getters = this.#getters;
    const writers = this.#writers;
    let at = out.piece(pieces);
    for (let i = 0; i < getters.length; i++) {
      const write = writers[i];
      if (write) write(context, out);
      else out.value((getters[i] as Getter)(context));
      at = out.piece(pieces, at);
    }
  }

  /** Adds the values that the message names, under their names in the record. */
  addFields(context: RenderContext, fields: Record<string, unknown>): void {
    for (const [name, get] of this.#fields) fields[name] = get(context);
  }
}

/** The text with its fixed parts filled in: a placeholder less is a lookup and a copy less for every line. */
function withFixed(
  { placeholders, literals }: Pick<ParsedText, 'placeholders' | 'literals'>,
  fixed: ReadonlyMap<string, string>,
): Pick<ParsedText, 'placeholders' | 'literals'> {
  const kept: string[] = [];
  const pieces = [literals[0] as string];
  const append = (text: string): void => {
    pieces.push(`${pieces.pop()}${text}`);
  };
  placeholders.forEach((name, index) => {
    const text = fixed.get(name);
    const inner = text === undefined ? { placeholders: [name], literals: ['', ''] } : parseText({ text });
    kept.push(...inner.placeholders);
    append(inner.literals[0] as string);
    pieces.push(...inner.literals.slice(1));
    append(literals[index + 1] as string);
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
