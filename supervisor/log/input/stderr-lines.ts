import { LineCoalescer } from './line-coalescer.ts';
import { LineFramer } from './line-framer.ts';

/** How many lines are kept to describe a crash: more than a stack trace has. */
const MAX_TAIL_LINES = 30;

/** What Node writes to stderr when a debugger is attached (`kill -USR1`, `--inspect`): neither the service's nor an error. */
const INSPECTOR_LINES = [
  /^Debugger listening on ws:\/\/\S+$/,
  /^For help, see: https:\/\/nodejs\.org\/\S*inspector$/,
  /^Debugger attached\.$/,
  /^Debugger ending on ws:\/\/\S+$/,
  /^Waiting for the debugger to disconnect\.\.\.$/,
];

/** The lines that a process writes to stderr, without blank ones and those of Node's inspector. */
export class StderrLines {
  readonly #framer = new LineFramer();
  readonly #coalescer: LineCoalescer;
  #tail: readonly string[] = [];

  /** @param emit called with lines in quick succession together, as those of a stack trace are */
  constructor(emit: (lines: readonly string[]) => void) {
    this.#coalescer = new LineCoalescer(emit);
  }

  /** The last 30 lines. */
  get tail(): readonly string[] {
    return this.#tail;
  }

  /** Bytes cut from lines that were too long. */
  get totalCutBytes(): number {
    return this.#framer.totalCutBytes;
  }

  push(chunk: Buffer): void {
    this.#add(this.#framer.push(chunk));
  }

  /** Emits what is left. */
  end(): void {
    this.#add(this.#framer.end());
    this.#coalescer.flush();
  }

  #add(lines: readonly string[]): void {
    const own = lines.filter((line) => !isBlank(line) && !INSPECTOR_LINES.some((pattern) => pattern.test(line)));
    this.#tail = [...this.#tail, ...own].slice(-MAX_TAIL_LINES);
    this.#coalescer.push(own);
  }
}

/** Blank lines, such as those between the parts of a stack trace, carry no information. */
export function isBlank(line: string): boolean {
  return line.trim() === '';
}
