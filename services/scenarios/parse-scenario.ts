/** Reads scenario files. What is wrong in one is told with line and column, all of it at once. */

import { CALM_RATIO, LIMITS } from '../../shared/defaults.ts';
import type { Ratios } from '../../shared/ratios.ts';
import { TRAFFIC, type Traffic } from '../../shared/world.ts';
import { isObject, show } from '../definition/validation/validation-errors.ts';
import { parseStep } from './parse-step.ts';
import type { Scenario, Step } from './scenario.ts';
import type { ScenarioContext } from './scenario-context.ts';
import { ScenarioReader } from './scenario-reader.ts';
import { type Mistake, YamlSource } from './yaml-source.ts';

/** Keys of a scenario. */
const SCENARIO_KEYS = ['title', 'seed', 'rate', 'traffic', 'ratios', 'lasts', 'loop', 'steps'] as const;

/** A scenario, or what is wrong with it. */
export type ParsedScenario = { readonly scenario: Scenario } | { readonly mistakes: readonly [Mistake, ...Mistake[]] };

/** @param text YAML or JSON */
export function parseScenario(text: string, context: ScenarioContext): ParsedScenario {
  const source = new YamlSource(text);
  const [unreadable, ...more] = source.mistakes;
  if (unreadable) return { mistakes: [unreadable, ...more] };
  const reader = new ScenarioReader(source);
  const { data } = source;
  if (!isObject(data)) {
    return {
      mistakes: [{ ...source.placeOf([]), problem: `${show(data)} is not an object with ${SCENARIO_KEYS.join(', ')}` }],
    };
  }
  const scenario = readScenario(reader, data, context);
  const [first, ...others] = reader.mistakes;
  return first ? { mistakes: [first, ...others] } : { scenario };
}

function readScenario(reader: ScenarioReader, data: unknown, context: ScenarioContext): Scenario {
  const file = reader.object(data, [], SCENARIO_KEYS);
  const steps = reader.list(file.steps, ['steps']).flatMap((step, index): Step[] => {
    const parsed = parseStep(reader, step, ['steps', index], context);
    return parsed ? [parsed] : [];
  });
  const longest = Math.max(0, ...steps.map(({ atMs }) => atMs));
  const lastsMs = reader.length(file.lasts, ['lasts'], true);
  if (lastsMs !== undefined && longest >= lastsMs) {
    reader.add(['lasts'], `${JSON.stringify(file.lasts)} is over before its last step; use a longer one`);
  }
  const seed = file.seed === undefined ? {} : { seed: reader.number(file.seed, ['seed'], LIMITS.seed, true) };
  const rate = file.rate === undefined ? {} : { rate: reader.number(file.rate, ['rate'], LIMITS.rate) };
  const traffic =
    file.traffic === undefined ? {} : { traffic: reader.word(file.traffic, ['traffic'], TRAFFIC) as Traffic };
  return {
    title: reader.text(file.title, ['title']),
    ...seed,
    ...rate,
    ...traffic,
    ratios: readRatios(reader, file.ratios, context),
    lastsMs: lastsMs ?? 0,
    isLoop: file.loop === undefined ? false : reader.flag(file.loop, ['loop']),
    steps,
  };
}

/** Those of `all` and of single services, of every service. */
function readRatios(reader: ScenarioReader, value: unknown, { catalog }: ScenarioContext): Ratios {
  const names = catalog.services.map(({ name }) => name);
  const given = value === undefined ? {} : reader.ratios(value, ['ratios'], names);
  const { all = CALM_RATIO } = given;
  return Object.fromEntries(names.map((name) => [name, given[name] ?? all]));
}
