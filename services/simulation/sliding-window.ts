/** Items at consecutive indexes. It grows at the end and is trimmed at the start. */
export class SlidingWindow<Item> {
  #start = 0;
  #items: Item[] = [];

  /** Index of the first item. */
  get start(): number {
    return this.#start;
  }

  /** Index after the last item. */
  get end(): number {
    return this.#start + this.#items.length;
  }

  at(index: number): Item | undefined {
    return this.#items[index - this.#start];
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  /** Removes the items before `start`, the index of the next item when none is left. */
  trim(start: number): void {
    this.#items.splice(0, start - this.#start);
    this.#start = start;
  }

  /** Removes all items; the next one has the index `start`. */
  restart(start: number): void {
    this.#items = [];
    this.#start = start;
  }
}
