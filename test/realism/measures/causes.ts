import { effectiveNumber, increment, mean, median } from '../../tools/statistics.ts';
import type { LogLine } from '../lines/log-line.ts';
import { SimilarTemplates } from '../lines/similar-templates.ts';
import { REQUEST_MARK, templateOf } from '../lines/template.ts';
import { type Finding, MAX_EXAMPLES, type Measure } from '../measure.ts';

/** Bad lines that are looked at together. */
const WINDOW = 100;

/** How many causes bad lines have, and how long a cause lasts. */
export class Causes implements Measure {
  readonly #all = new Windows();
  readonly #services = new Map<string, ServiceCauses>();

  observe(line: LogLine): void {
    if (!line.isBad) return;
    let service = this.#services.get(line.service);
    if (!service) {
      service = { windows: new Windows(), similar: new SimilarTemplates(), pairs: 0, same: 0, previous: undefined };
      this.#services.set(line.service, service);
    }
    const cause = service.similar.groupOf(causeOf(line));
    // The same words in two services are two causes.
    this.#all.add(`${line.service}: ${cause}`);
    service.windows.add(cause);
    if (service.previous !== undefined) service.pairs++;
    if (service.previous === cause) service.same++;
    service.previous = cause;
  }

  findings(): readonly Finding[] {
    const services = [...this.#services].map(([name, { windows, pairs, same }]) => ({
      name,
      causes: median(windows.effectiveNumbers),
      same: same / pairs,
    }));
    // A service with too few bad lines for a window says nothing.
    const causes = services.filter((service) => !Number.isNaN(service.causes));
    const shares = services.map(({ same }) => same).filter((share) => !Number.isNaN(share));
    const examples = [...causes]
      .sort((a, b) => b.causes - a.causes)
      .map(({ name, causes }) => `${name}: ${causes.toFixed(1)}`);
    return [
      { id: 'causes', figures: [median(this.#all.effectiveNumbers)] },
      { id: 'causesInService', figures: causes.length > 0 ? [Math.max(...causes.map((s) => s.causes))] : [], examples },
      { id: 'topCause', figures: [median(this.#all.topShares)], examples: this.#all.mostFrequent() },
      {
        id: 'sameCause',
        figures: shares.length > 0 ? [Math.min(...shares), mean(shares)] : [],
        examples: services.map(({ name, same }) => `${name}: ${(100 * same).toFixed(1)} %`),
      },
    ];
  }
}

interface ServiceCauses {
  readonly windows: Windows;
  readonly similar: SimilarTemplates;
  /** Bad lines that follow another of the service. */
  pairs: number;
  /** Those of them that have the same cause. */
  same: number;
  previous: string | undefined;
}

/** Consecutive windows of causes; one that is not full at the end does not count. */
class Windows {
  readonly effectiveNumbers: number[] = [];
  readonly topShares: number[] = [];
  readonly #tops = new Map<string, number>();
  #counts = new Map<string, number>();
  #size = 0;

  add(cause: string): void {
    increment(this.#counts, cause);
    if (++this.#size < WINDOW) return;
    this.effectiveNumbers.push(effectiveNumber(this.#counts.values()));
    const [top, count] = [...this.#counts].reduce((a, b) => (b[1] > a[1] ? b : a));
    this.topShares.push(count / WINDOW);
    increment(this.#tops, top);
    this.#counts = new Map();
    this.#size = 0;
  }

  /** The causes that are most often the most frequent of a window. */
  mostFrequent(): readonly string[] {
    const sorted = [...this.#tops].sort((a, b) => b[1] - a[1]);
    return sorted
      .slice(0, MAX_EXAMPLES)
      .map(([cause, count]) => `${cause} (${count} of ${this.topShares.length} windows)`);
  }
}

/** The fields of a line that say what is wrong, or the exception that it names; the rest says where. */
const REASONS = /\b(?:msg|err|error|reason)=(?:"[^"]*"|\S+)|\b\w+(?:Error|Exception)\b(?:\([^)]*\))?/g;

/** The reason that a bad line gives; the status of a request for which it gives none. */
function causeOf({ message, template, http }: LogLine): string {
  const reasons = message.match(REASONS);
  if (reasons) return templateOf(reasons.join(' '), undefined);
  const isBare = http !== undefined && !/[a-z]/i.test(template.replace(REQUEST_MARK, ''));
  return isBare ? `status-${http.status}` : template;
}
