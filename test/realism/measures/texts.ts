import { entropy, getOrMake, increment } from '../../tools/statistics.ts';
import type { LogLine } from '../lines/log-line.ts';
import { type Finding, MAX_EXAMPLES, type Measure } from '../measure.ts';

const TOP = 20;

/** A request that has not written for so long has ended, in ms. */
const REQUEST_ENDS_MS = 600_000;

/** How many texts services have, how their shares differ, and how well one can be told from the one before it. */
export class Texts implements Measure {
  readonly #services = new Map<string, Map<string, number>>();
  /** Numbers of the templates, so that pairs are short keys. */
  readonly #numbers = new Map<string, number>();
  readonly #followers = new Map<number, Map<number, number>>();
  /** The last template of each request in each service, of this period and of the one before. */
  #recent = new Map<string, number>();
  #older = new Map<string, number>();
  #periodEnd = 0;

  observe({ time, service, template, requestId }: LogLine): void {
    increment(getOrMake(this.#services, service, newCounts<string>), template);
    if (requestId !== undefined) this.#follow(time, service, template, requestId);
  }

  findings(): readonly Finding[] {
    const services = [...this.#services].map(([name, counts]) => ({ name, counts: [...counts.values()] }));
    const sizes = services.map(({ counts }) => counts.length);
    const shares = services.map(({ counts }) => topShare(counts));
    const named = services.map(
      ({ name }, index) => `${name}: ${sizes[index]} templates, top 20 ${percent(shares[index])}`,
    );
    return [
      { id: 'templates', figures: range(sizes), examples: named },
      { id: 'templatesInAll', figures: services.length > 0 ? [sizes.reduce((a, b) => a + b)] : [] },
      { id: 'topTemplates', figures: range(shares), examples: named },
      { id: 'nextTemplate', figures: [this.#conditionalEntropy()], examples: this.#leastCertain() },
    ];
  }

  #follow(time: number, service: string, template: string, requestId: string): void {
    if (time >= this.#periodEnd) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#periodEnd = time + REQUEST_ENDS_MS;
    }
    const key = `${service} ${requestId}`;
    const number = getOrMake(this.#numbers, `${service}: ${template}`, () => this.#numbers.size);
    const previous = this.#recent.get(key) ?? this.#older.get(key);
    this.#recent.set(key, number);
    if (previous === undefined) return;
    increment(getOrMake(this.#followers, previous, newCounts<number>), number);
  }

  /** In bits. */
  #conditionalEntropy(): number {
    let pairs = 0;
    let nats = 0;
    for (const followers of this.#followers.values()) {
      const count = sum(followers.values());
      pairs += count;
      nats += count * entropy(followers.values());
    }
    return nats / pairs / Math.LN2;
  }

  /** The templates that contribute most. */
  #leastCertain(): readonly string[] {
    const names = [...this.#numbers.keys()];
    return [...this.#followers]
      .map(([number, followers]) => ({
        number,
        count: sum(followers.values()),
        bits: entropy(followers.values()) / Math.LN2,
      }))
      .sort((a, b) => b.count * b.bits - a.count * a.bits)
      .slice(0, MAX_EXAMPLES)
      .map(({ number, count, bits }) => `after ${names[number]} (${count} times): ${bits.toFixed(1)} bits`);
  }
}

const newCounts = <K>() => new Map<K, number>();

function topShare(counts: readonly number[]): number {
  const top = [...counts].sort((a, b) => b - a).slice(0, TOP);
  return sum(top) / sum(counts);
}

function range(figures: readonly number[]): readonly number[] {
  return figures.length === 0 ? [] : [Math.min(...figures), Math.max(...figures)];
}

function sum(figures: Iterable<number>): number {
  let total = 0;
  for (const figure of figures) total += figure;
  return total;
}

function percent(share = Number.NaN): string {
  return `${(share * 100).toFixed(0)} %`;
}
