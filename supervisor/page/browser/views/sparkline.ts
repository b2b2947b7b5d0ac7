import { element } from './dom.ts';
import { currentPalette } from './palette.ts';

/** Good and bad lines of one step of time. */
interface Step {
  readonly good: number;
  readonly bad: number;
}

/** A small chart: one bar a step, bad lines below, good ones on top. */
export class Sparkline {
  readonly root = element('canvas', 'spark');
  #steps: readonly Step[] = [];

  constructor() {
    this.root.role = 'img';
    // To ask for its size at each drawing would lay out the page each time.
    new ResizeObserver(([entry]) => {
      if (!entry) return;
      this.root.width = Math.round(entry.contentRect.width * devicePixelRatio);
      this.root.height = Math.round(entry.contentRect.height * devicePixelRatio);
      this.#draw();
    }).observe(this.root);
  }

  render(steps: readonly Step[]): void {
    this.#steps = steps;
    const sum = (kind: keyof Step) => steps.reduce((total, step) => total + step[kind], 0);
    this.root.ariaLabel = `last 2 minutes: ${sum('good')} good, ${sum('bad')} bad lines`;
    this.#draw();
  }

  #draw(): void {
    const { width, height } = this.root;
    const context = this.root.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, width, height);
    const most = Math.max(1, ...this.#steps.map(({ good, bad }) => good + bad));
    const pitch = width / this.#steps.length;
    const colors = currentPalette();
    for (const [index, { good, bad }] of this.#steps.entries()) {
      const left = Math.round(index * pitch);
      const barWidth = Math.max(1, Math.round((index + 1) * pitch) - left - Math.round(devicePixelRatio));
      const total = Math.round(((good + bad) / most) * height);
      const below = Math.round((bad / most) * height);
      context.fillStyle = colors.good;
      context.fillRect(left, height - total, barWidth, total - below);
      context.fillStyle = colors.error;
      context.fillRect(left, height - below, barWidth, below);
    }
  }
}
