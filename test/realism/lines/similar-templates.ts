/** Two templates say the same when at least this share of the words of the longer one stand in both. */
const SIMILAR = 0.7;

/**
 * Groups templates that say the same of different things, such as `capture of * waited for a connection` and `refund of *
 * waited for a connection`: as log parsers do (Drain, He et al. 2017, by the share of equal words), though in any order.
 */
export class SimilarTemplates {
  readonly #known = new Map<string, string>();
  readonly #groups: { readonly name: string; readonly words: ReadonlySet<string> }[] = [];

  /** The first template of the group. */
  groupOf(template: string): string {
    const known = this.#known.get(template);
    if (known !== undefined) return known;
    const words = new Set(template.split(/\s+/).filter((word) => /[a-z]/i.test(word)));
    const group = this.#groups.find((candidate) => isSimilar(candidate.words, words));
    if (!group) this.#groups.push({ name: template, words });
    const name = group?.name ?? template;
    this.#known.set(template, name);
    return name;
  }
}

function isSimilar(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  let common = 0;
  for (const word of a) if (b.has(word)) common++;
  return common >= SIMILAR * Math.max(a.size, b.size);
}
