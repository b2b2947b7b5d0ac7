/** The rules for every service definition: the built-in ones and those of users. */

import { describe, expect, test } from 'vitest';
import type { ServiceDefinition, Variant } from '../../services/definition/definition.ts';
import { validateDefinition } from '../../services/definition/validation/validate-definition.ts';
import { journeys } from '../../services/journeys.ts';
import { compileCatalog } from '../../services/simulation/compile-catalog.ts';
import { Simulation } from '../../services/simulation/simulation.ts';
import { formatRecord, isBad, type LogRecord, parseLine } from '../../shared/record.ts';
import { NOON, steadyWorld } from './worlds.ts';

const RATIOS = [0, 0.1, 0.5, 1, 2, 5, 9.9, 10] as const;

/** Defines the tests of a definition that is part of the fleet. */
export function describeConformance(definition: ServiceDefinition, fleet: readonly ServiceDefinition[]): void {
  const { name } = definition;
  const names = fleet.map((service) => service.name);
  const catalog = compileCatalog(fleet, journeys);
  const kindsOfPages = new Simulation(catalog, steadyWorld(names, 2)).pagesOf(name);
  /** Those of traffic, and those by the clock that have lines of the service. */
  const kinds = kindsOfPages.flatMap(({ lines }, kind) => (lines > 0 ? [kind] : []));
  const pages = (world: ReturnType<typeof steadyWorld>, count: number, kind = 0): LogRecord[][] => {
    const simulation = new Simulation(catalog, world);
    const first = Math.floor(NOON / (kindsOfPages[kind]?.ms as number));
    return Array.from({ length: count }, (_, i) => simulation.linesOfPage(name, kind, first + i));
  };
  const allPages = (world: ReturnType<typeof steadyWorld>, count: number): LogRecord[] =>
    kinds.flatMap((kind) => pages(world, count, kind)).flat();

  describe(`the definition of ${name}`, () => {
    test('is valid', () => {
      const before = fleet.slice(0, fleet.indexOf(definition));
      const dependencies = fleet.filter((other) => definition.dependsOn.includes(other.name));
      expect(validateDefinition(definition, [...new Set([...dependencies, ...before])], journeys)).toEqual([]);
    });

    test('blames each dependency that its journeys meet', () => {
      const blamed = new Set<unknown>();
      for (const down of definition.dependsOn) {
        const lines = allPages(steadyWorld(names, 5, { down: [down] }), 20);
        for (const line of lines) if (isBad(line.level) && line.msg.includes(down)) blamed.add(down);
      }
      expect([...blamed].sort()).toEqual([...definition.dependsOn].sort());
    });

    test.each(RATIOS.flatMap((ratio) => kinds.map((kind) => [ratio, kind] as const)))(
      'with ratio %d has exactly that share of bad lines over pages of kind %d',
      (ratio, kind) => {
        for (const [others, run] of [
          [0, 10],
          [2, kind === 0 ? 100 : 20],
          [10, 10],
        ] as const) {
          const ratios = { ...Object.fromEntries(names.map((other) => [other, others])), [name]: ratio };
          const counts = pages(steadyWorld(names, ratios), run, kind).map((lines) => ({
            lines: lines.length,
            bad: lines.filter((line) => isBad(line.level)).length,
          }));
          const perPage = counts[0]?.lines as number;
          expect(counts.every(({ lines }) => lines === perPage)).toBe(true);
          let bad = 0;
          counts.forEach((count, i) => {
            bad += count.bad;
            // A run of pages that does not begin at a multiple of ten may be off by the part of a line that it splits.
            expect(Math.abs(bad - ((i + 1) * perPage * ratio) / 10), `after page ${i}`).toBeLessThan(1);
          });
          if (run === 100) expect(bad).toBe(Math.round((100 * perPage * ratio) / 10));
        }
      },
    );

    test.each([0, 10])('with ratio %d keeps to it whatever the others do', (ratio) => {
      for (const others of [0, 5, 10]) {
        for (const down of [[], ...names.filter((other) => other !== name).map((other) => [other])]) {
          const ratios = { ...Object.fromEntries(names.map((other) => [other, others])), [name]: ratio };
          const lines = allPages(steadyWorld(names, ratios, { down }), 5);
          expect(lines.filter((line) => isBad(line.level) !== (ratio === 10))).toEqual([]);
        }
      }
    });

    test('writes lines that parse back and contradict nothing', () => {
      const problems: string[] = [];
      for (const ratio of [0, 2, 8, 10]) {
        for (const down of [[], ...definition.dependsOn.map((other) => [other])]) {
          const lines = allPages(steadyWorld(names, ratio, { seed: 7, down }), 20);
          for (const line of lines) for (const problem of problemsOf(line)) problems.push(`${problem}: ${line.msg}`);
        }
      }
      expect(problems.slice(0, 10)).toEqual([]);
    });
  });
}

/** What an attentive reader of the log would object to. */
function problemsOf(line: LogRecord): string[] {
  const problems: string[] = [];
  const { msg } = line;
  const text = formatRecord(line);
  const back = parseLine(text);
  if (back?.message !== msg || back.time !== line.time || back.service !== line.service)
    problems.push('does not parse');
  for (const [field, value] of Object.entries(line)) {
    const isValid = typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && value !== '';
    if (!isValid || /[{}]/.test(String(value))) problems.push(`has no ${field}`);
  }
  const statuses = [line['http.response.status_code'], /"[A-Z]+ \/\S* HTTP\/1\.1" (\d{3})\b/.exec(msg)?.[1]];
  for (const status of statuses.filter((value) => value !== undefined).map(Number)) {
    if (status < 300 && line.level === 50) problems.push('is an ERROR with 2xx');
    if (status >= 500 && !isBad(line.level)) problems.push('is good with 5xx');
  }
  if (statuses[1] !== undefined && statuses[0] !== undefined && Number(statuses[1]) !== Number(statuses[0])) {
    problems.push('has another status than its record');
  }
  const timeout = /after (\d+) ms \(limit (\d+) ms\)/.exec(msg);
  if (timeout && Number(timeout[1]) < Number(timeout[2])) problems.push('timed out before its limit');
  if (isBad(line.level) && typeof line['error.type'] !== 'string') problems.push('is bad without a cause');
  for (const mail of msg.match(/\S+@\S+/g) ?? []) {
    if (!/@example\.(com|org|net)\b/.test(mail)) problems.push('has a mail address that could be real');
  }
  for (const address of msg.match(/\b\d+\.\d+\.\d+\.\d+\b/g) ?? []) {
    if (!/^(192\.0\.2|198\.51\.100|203\.0\.113)\./.test(address)) problems.push('has an address that could be real');
  }
  const request = line.request_id;
  if (request !== undefined && !msg.includes(` request_id=${request}`)) problems.push('does not name its request');
  if ((request === undefined) !== (line.trace_id === undefined)) problems.push('has a request without a trace');
  return problems;
}

/** The variants of a definition, one for each distinct text. */
export function variantsOf(definition: ServiceDefinition): Variant[] {
  const lists = Object.values(definition.steps).flatMap(({ good, bad, afterFailure = {} }) => {
    return [good, bad, ...Object.values(afterFailure as Record<string, readonly Variant[]>)];
  });
  const { good, bad } = definition.background;
  const all = [...lists, good, bad].flat();
  return [...new Map(all.map((variant) => [variant.text, variant])).values()];
}
