import type { DurationOptions } from './common-faults.ts';
import * as faults from './common-faults.ts';
import type { ServiceDefinition, ValueSpec, Variant } from './definition.ts';
import type { CheckedText, GoodOptions, VariantOptions } from './variants.ts';
import * as variants from './variants.ts';

type Values = Readonly<Record<string, ValueSpec>>;
type Optional = Pick<ServiceDefinition, 'constants' | 'gauges' | 'targets' | 'faults'>;

/** Names that the texts of a service may use besides those of every line. */
type NamesOf<State extends Optional> = keyof (State['constants'] & State['gauges'] & State['targets']) & string;

type Good<Names> = <const Text extends string, const Own extends Values = Record<never, never>>(
  text: CheckedText<Text, keyof Own | Names>,
  options?: GoodOptions<Own>,
) => Variant;

type Bad<Names> = <const Text extends string, const Own extends Values = Record<never, never>>(
  cause: string,
  text: CheckedText<Text, keyof Own | Names>,
  options?: VariantOptions<Own>,
) => Variant;

type Timed<Names> = <const What extends string, const Rest extends string = ''>(
  cause: string,
  what: CheckedText<What, Names>,
  options?: DurationOptions,
  rest?: CheckedText<Rest, Names>,
) => Variant;

/** The builders of a service's variants: they accept its constants, gauges and targets as placeholders. */
export interface Builders<Names> {
  readonly debug: Good<Names>;
  readonly info: Good<Names>;
  readonly warn: Bad<Names>;
  readonly error: Bad<Names>;
  readonly timeout: Timed<Names>;
  readonly slow: Timed<Names>;
}

/** @param state the part of the definition that has the constants, gauges and targets */
export function buildersFor<const State extends Optional>(_state: State): Builders<NamesOf<State>> {
  return { ...variants, ...faults } as unknown as Builders<NamesOf<State>>;
}
