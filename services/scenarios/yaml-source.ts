import { type Document, isCollection, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';

/** Keys and indexes from the top of a document to a value. */
export type Path = readonly (string | number)[];

/** A mistake in a file. Line and column count from 1. */
export interface Mistake {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

/** How many times as much data as it has may aliases make of a document. */
const MAX_ALIASES = 100;

/** A YAML or JSON document that knows where its values stand. */
export class YamlSource {
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;
  /** As plain data; undefined when it cannot be read. */
  readonly data: unknown;
  /** Why it cannot be read; empty when it can. */
  readonly mistakes: readonly Mistake[];

  constructor(text: string) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const { errors } = this.#document;
    try {
      this.data = errors.length === 0 ? this.#document.toJS({ maxAliasCount: MAX_ALIASES }) : undefined;
      this.mistakes = errors.map(({ pos: [offset], message }) => ({ ...this.#place(offset), problem: message }));
    } catch (error) {
      this.mistakes = [{ ...this.#place(0), problem: (error as Error).message }];
    }
  }

  /** Where a value stands, or the one around it if there is none. */
  placeOf(path: Path): Pick<Mistake, 'line' | 'column'> {
    for (let length = path.length; length > 0; length--) {
      const node = this.#keyAt(path.slice(0, length)) ?? this.#document.getIn(path.slice(0, length), true);
      const offset = (node as Node | undefined)?.range?.[0];
      if (offset !== undefined) return this.#place(offset);
    }
    return this.#place(this.#document.contents?.range[0] ?? 0);
  }

  /** The key of an entry, which says more than its value. */
  #keyAt(path: Path): Node | undefined {
    const parent = path.length > 1 ? this.#document.getIn(path.slice(0, -1), true) : this.#document.contents;
    if (!isCollection(parent) || !isMap(parent)) return undefined;
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
    return pair?.key as Node | undefined;
  }

  #place(offset: number): Pick<Mistake, 'line' | 'column'> {
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col };
  }
}
