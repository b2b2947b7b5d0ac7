import { LENGTH_ADVICE, parseLength } from '../../shared/length-of-time.ts';
import { checkRatio, type Ratios } from '../../shared/ratios.ts';
import { isObject, show } from '../definition/validation/validation-errors.ts';
import type { Mistake, Path, YamlSource } from './yaml-source.ts';

/** Reads values of a scenario file and collects what is wrong with them; after a mistake a value has no meaning. */
export class ScenarioReader {
  readonly #source: YamlSource;
  readonly #mistakes: Mistake[] = [];

  constructor(source: YamlSource) {
    this.#source = source;
  }

  /** In the order of the file. */
  get mistakes(): readonly Mistake[] {
    return [...this.#mistakes].sort((a, b) => a.line - b.line || a.column - b.column);
  }

  add(path: Path, problem: string): void {
    const name =
      path.length > 0
        ? `${path
            .map((key) => (typeof key === 'number' ? `[${key}]` : key))
            .join('.')
            .replaceAll('.[', '[')}: `
        : '';
    this.#mistakes.push({ ...this.#source.placeOf(path), problem: name + problem });
  }

  object<Key extends string>(value: unknown, path: Path, known: readonly Key[]): Partial<Record<Key, unknown>> {
    if (!isObject(value)) {
      this.add(path, `${show(value)} is not an object with ${known.join(', ')}`);
      return {};
    }
    for (const key of Object.keys(value)) {
      if (!known.includes(key as Key)) this.add([...path, key], `unknown; known here: ${known.join(', ')}`);
    }
    return value as Partial<Record<Key, unknown>>;
  }

  list(value: unknown, path: Path): readonly unknown[] {
    if (Array.isArray(value)) return value;
    this.add(path, `${show(value)} is not a list`);
    return [];
  }

  text(value: unknown, path: Path): string {
    if (typeof value === 'string' && value.trim() !== '') return value;
    this.add(path, `${show(value)} is not a text`);
    return '';
  }

  flag(value: unknown, path: Path): boolean {
    if (typeof value !== 'boolean') this.add(path, `${show(value)} is neither true nor false`);
    return value === true;
  }

  word<Word extends string>(value: unknown, path: Path, words: readonly Word[]): Word | undefined {
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) this.add(path, `${show(value)} is unknown; use ${words.join(', ')}`);
    return word;
  }

  number(
    value: unknown,
    path: Path,
    { min, max }: { readonly min: number; readonly max: number },
    isWhole = false,
  ): number {
    if (typeof value === 'number' && value >= min && value <= max && (!isWhole || Number.isInteger(value)))
      return value;
    this.add(path, `${show(value)} is not a ${isWhole ? 'whole ' : ''}number from ${min} to ${max}`);
    return min;
  }

  /** In ms; undefined, with a mistake, for anything but a length of time. */
  length(value: unknown, path: Path, isAboveZero: boolean): number | undefined {
    const ms = parseLength(value);
    if (ms !== undefined && (ms > 0 || !isAboveZero)) return ms;
    this.add(path, `${show(value)} is invalid; ${LENGTH_ADVICE}`);
    return undefined;
  }

  /** @param services that may be named, besides `all` */
  ratios(value: unknown, path: Path, services: readonly string[]): Ratios {
    const given = this.object(value, path, ['all', ...services]);
    const ratios: Record<string, number> = {};
    for (const [name, ratio] of Object.entries(given)) {
      try {
        ratios[name] = checkRatio(name, ratio);
      } catch {
        this.add([...path, name], `${show(ratio)} is not a ratio; use 0 to 10 in whole numbers or tenths`);
      }
    }
    return ratios;
  }
}
