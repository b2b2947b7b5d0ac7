import type { Batch, Sink } from '../../supervisor/log/batch.ts';

/** A sink that keeps every line and lets a test wait for one. */
export class CollectingSink implements Sink {
  text = '';
  batches = 0;
  readonly records: string[] = [];
  readonly #watchers = new Set<() => void>();

  get lines(): readonly string[] {
    return this.text.split('\n').slice(0, -1);
  }

  write({ bytes, records }: Batch): void {
    this.text += bytes.toString();
    this.batches++;
    this.records.push(...records);
    for (const watch of this.#watchers) watch();
  }

  /** Waits for a line that contains `part`, from line number `from` on. */
  async line(part: string, from = 0): Promise<string> {
    for (;;) {
      const found = this.lines.slice(from).find((line) => line.includes(part));
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const watch = () => {
          this.#watchers.delete(watch);
          resolve();
        };
        this.#watchers.add(watch);
      });
    }
  }
}
