import { type Document, isCollection, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';

/** Keys and indexes from the top of a document to a value. */
export type Path = readonly (string | number)[];

/** A mistake in a file. Line and column count from 1. */
export interface Mistake {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

/** A YAML or JSON document that knows where its values stand. */
export class YamlSource {
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;

  constructor(text: string) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
  }

  /** Why it cannot be read; empty when it can. */
  get mistakes(): readonly Mistake[] {
    return this.#document.errors.map(({ pos: [offset], message }) => ({ ...this.#place(offset), problem: message }));
  }

  /** As plain data. Aliases may not make more than a hundred times as much of it. */
  get data(): unknown {
    return this.#document.toJS({ maxAliasCount: 100 });
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
