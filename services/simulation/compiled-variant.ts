import { LEVEL_NUMBERS } from '../../shared/record.ts';
import type { Variant } from '../definition/definition.ts';
import type { Failure } from './render-context.ts';
import { Template } from './template.ts';

/** A failure that ends a journey. */
export interface CompiledFailure extends Failure {
  /** Index of the service in which it failed. */
  readonly failedService: number;
}

/** A variant ready to be chosen and rendered. */
export class CompiledVariant {
  readonly variant: Variant;
  /** Its level: 0 for DEBUG to 3 for ERROR. */
  readonly severity: number;
  readonly weight: number;
  /** How the journey has failed once this line is written; undefined when it goes on. */
  readonly failure: CompiledFailure | undefined;
  readonly #logName: string;
  #template: Template | undefined;

  constructor(variant: Variant, logName: string, failure: CompiledFailure | undefined) {
    this.variant = variant;
    this.severity = LEVEL_NUMBERS[variant.level] / 10 - 2;
    this.weight = variant.weight ?? 1;
    this.failure = failure;
    this.#logName = logName;
  }

  /** Parsed when first rendered: a service knows the variants of all services and renders a fifth of them. */
  get template(): Template {
    this.#template ??= new Template(this.variant, ` [${this.variant.level}] [${this.#logName}]: `);
    return this.#template;
  }
}
