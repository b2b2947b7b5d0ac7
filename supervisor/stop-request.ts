/** The one way to ask for the end of the fleet, from wherever: the first asker's reason counts. */
export class StopRequest {
  readonly asked: Promise<string>;
  #resolve: (reason: string) => void = () => {};
  #isAsked = false;

  constructor() {
    this.asked = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  get isAsked(): boolean {
    return this.#isAsked;
  }

  ask(reason: string): void {
    this.#isAsked = true;
    this.#resolve(reason);
  }
}
