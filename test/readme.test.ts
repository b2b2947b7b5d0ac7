import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatSize } from '../scripts/cli/size.ts';
import { startOptions } from '../scripts/cli/start-settings.ts';
import { actions } from '../scripts/incident/actions.ts';
import { incidentCommand } from '../scripts/incident.ts';
import { ratiosCommand } from '../scripts/ratios.ts';
import { servicesCommand } from '../scripts/services.ts';
import { validateDefinition } from '../services/definition/validation/validate-definition.ts';
import { loadBuiltIn, serviceNames } from '../services/index.ts';
import { journeys } from '../services/journeys.ts';
import { loadCatalog } from '../services/load-catalog.ts';
import { Simulation } from '../services/simulation/simulation.ts';
import { SERVICE_ACTIONS } from '../shared/control-api.ts';
import { DEFAULTS, LIMITS } from '../shared/defaults.ts';
import { ERRORS } from '../shared/errors.ts';
import { TRAFFIC } from '../shared/world.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The rows of the tables under a heading, each as its cells. */
function rowsUnder(heading: string): string[][] {
  const start = readme.indexOf(`\n${heading}`);
  expect(start, heading).toBeGreaterThan(0);
  const section = readme.slice(start + 1).split(/\n##+ /)[0] as string;
  return section
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('|--'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

const firstCells = (heading: string) => rowsUnder(heading).map(([cell]) => cell as string);
const options = (cells: readonly string[]) =>
  cells.filter((cell) => cell.startsWith('`--')).map((cell) => cell.slice(3, -1));

/** The log of the default world from the instant that the README's examples begin at. */
async function lines(count: number): Promise<readonly string[]> {
  const from = Date.parse('2026-11-01T00:00:00Z');
  const simulation = await simulationOf();
  const { bytes } = simulation.textBetween(from, simulation.timeOfLine(from, count) + 1, count);
  return new TextDecoder().decode(bytes).trimEnd().split('\n');
}

async function simulationOf(): Promise<Simulation> {
  const ratios = Object.fromEntries(serviceNames.map((name) => [name, DEFAULTS.ratio]));
  const timeline = [{ at: 0, ratios, down: [] }] as const;
  return new Simulation(await loadCatalog(), {
    seed: DEFAULTS.seed,
    rate: DEFAULTS.rate,
    traffic: DEFAULTS.traffic,
    timeline,
  });
}

const isBadLine = (line: string) => /\[(WARNING|ERROR)\]/.test(line);

describe('the README says what the code does', () => {
  test('the options of npm start, their ranges and defaults', () => {
    const rows = rowsUnder('### Options of `npm start`');
    expect(options(rows.map(([cell]) => cell as string))).toEqual(Object.keys(startOptions(serviceNames)));
    const row = (option: string) => rows.find(([cell]) => cell === `\`${option}\``) as string[];
    for (const name of serviceNames) expect(row(`--${name}-ratio`)[2]).toBe(String(DEFAULTS.ratio));
    expect(row('--rate').slice(1, 3)).toEqual([`${LIMITS.rate.min} to ${LIMITS.rate.max}`, String(DEFAULTS.rate)]);
    const words = TRAFFIC.map((word) => `\`${word}\``).join(', ');
    expect(row('--traffic').slice(1, 3)).toEqual([words, `\`${DEFAULTS.traffic}\``]);
    expect(row('--seed').slice(1, 3)).toEqual([`${LIMITS.seed.min} to ${LIMITS.seed.max}`, String(DEFAULTS.seed)]);
    const [least, most] = [formatSize(LIMITS.maxSize.min), formatSize(LIMITS.maxSize.max)];
    const sizes = `${least} to ${most}, or 0 for never`;
    expect(row('--max-size').slice(1, 3)).toEqual([sizes, formatSize(DEFAULTS.maxSize)]);
    expect(row('--keep').slice(1, 3)).toEqual([`${LIMITS.keep.min} to ${LIMITS.keep.max}`, String(DEFAULTS.keep)]);
    expect(row('--log-file')[2]).toBe(`\`${DEFAULTS.logFile}\``);
  });

  test('the options of ratios', async () => {
    const told = options(firstCells('### Ratios while it runs'));
    expect(told.sort()).toEqual(Object.keys((await ratiosCommand([])).options).sort());
  });

  test('the actions and options of services', () => {
    const told = firstCells('### Single services').join('\n');
    for (const action of SERVICE_ACTIONS) expect(told).toContain(`npm run services -- ${action} `);
    expect(Object.keys(servicesCommand.options).sort()).toEqual(['json', 'log-file']);
  });

  test('the actions and options of incident', () => {
    const told = rowsUnder('## Incidents').join('\n');
    const known = new Set(told.match(/(?<=`--)[a-z-]+/g));
    expect([...known, 'json', 'log-file'].sort()).toEqual(Object.keys(incidentCommand.options).sort());
    for (const action of Object.keys(actions)) expect(told).toContain(`npm run incident -- ${action}`);
  });

  test('the services, their names in the log and whom they call', async () => {
    const told = rowsUnder('## The log').filter(([cell]) => serviceNames.some((name) => cell === `\`${name}\``));
    const definitions = await loadBuiltIn();
    expect(told).toEqual(
      definitions.map(({ name, logName, dependsOn }) => [`\`${name}\``, logName, dependsOn.join(', ')]),
    );
  });

  test('the definition of a service of your own', async () => {
    const guide = readFileSync(new URL('../services/README.md', import.meta.url), 'utf8');
    const code = /```js\n([\s\S]*?)```/.exec(guide)?.[1] as string;
    const { default: definition } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
      default: unknown;
    };
    expect(validateDefinition(definition, await loadBuiltIn(), journeys)).toEqual([]);
  });

  test('the files that a ratio change and a line pass', () => {
    const section = readme.slice(readme.indexOf('The files that one line passes through:'));
    const files = section.slice(0, section.indexOf('Where things are:')).match(/\b[\w/-]+\.ts\b/g) ?? [];
    expect(files.length).toBeGreaterThan(25);
    for (const file of files) expect(existsSync(new URL(`../${file}`, import.meta.url)), file).toBe(true);
  });

  test('the lines, ids and messages that it shows, which its own command writes', async () => {
    const log = (await lines(3_000)).join('\n');
    const shown = readme.split('\n').filter((line) => /^ {4}2026-/.test(line));
    expect(shown).toHaveLength(3);
    for (const line of shown) expect(log).toContain(line.trim());
    const ids = new Set(readme.match(/\b(?:req|ord|bsk|ses)_[0-9a-f]+|\bSKU-\d+/g));
    expect(ids.size).toBeGreaterThan(3);
    for (const id of ids) expect(log).toContain(id);
    for (const [level, , example] of rowsUnder('## The log').filter(([, kind]) => kind === 'good' || kind === 'bad')) {
      const found = log.split('\n').find((line) => line.includes((example as string).slice(1, -1)));
      expect(found, example).toContain(`[${level?.slice(1, -1)}]`);
    }
    const story = log.split('\n').filter((line) => line.includes('request_id=req_c4a4f4d5'));
    for (const name of ['Api', 'Auth', 'Inventory', 'Notification', 'Payment']) {
      expect(story.join('\n')).toContain(`[${name}Service]`);
    }
  });

  test('how exact a ratio is', async () => {
    const simulation = await simulationOf();
    const pages = serviceNames.map(
      (name) => [name, simulation.pagesOf(name)[0] as { lines: number; ms: number }] as const,
    );
    const [, { ms }] = pages[0] as (typeof pages)[number];
    const total = pages.reduce((sum, [, { lines }]) => sum + lines, 0);
    expect(readme).toContain(`Lines come in pages of ${total}: `);
    expect(readme).toContain(`in ${(ms / 1000).toFixed(1)} seconds at the default rate`);
    for (const [name, page] of pages) {
      expect(readme).toMatch(new RegExp(`\\b${page.lines} of (the )?${name}\\b`, 'i'));
    }
    const bad = (await lines(3_000)).filter((line) => line.includes('[PaymentService]')).map(isBadLine);
    const range = (count: number) => {
      const counts = bad.slice(count).map((_, at) => bad.slice(at, at + count).filter(Boolean).length);
      return [Math.min(...counts), Math.max(...counts)];
    };
    expect(readme).toContain(`ten consecutive lines of Payment\ninclude ${range(10).join(' to ')} bad ones`);
    expect(readme).toContain(`any hundred ${range(100).join(' to ')}.`);
  });

  test('no more than is read in ten minutes', () => {
    expect(readme.split(/\s+/).length).toBeLessThan(3_850);
  });

  test.each(['scripts', 'services', 'supervisor', 'test'])('where to read on: %s/README.md', (folder) => {
    expect(readme).toContain(`(${folder}/README.md`);
    const text = readFileSync(new URL(`../${folder}/README.md`, import.meta.url), 'utf8');
    for (const file of text.match(/\b(?:services|test|scripts|shared|supervisor)\/[\w/-]+\.(?:ts|js|sh|yaml)\b/g) ??
      []) {
      expect(existsSync(new URL(`../${file}`, import.meta.url)), file).toBe(true);
    }
  });

  test('the errors', () => {
    const told = rowsUnder('## Errors').slice(1);
    expect(told).toEqual(
      Object.entries(ERRORS).map(([code, { exitStatus, meaning }]) => [`\`${code}\``, String(exitStatus), meaning]),
    );
  });

  test('the commands are those of package.json', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/\bnpm run (?:--silent )?([a-z]+)/g)].map((match) => match[1] as string);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
    for (const name of ['start', 'stop', 'ratios', 'incident', 'services', 'socket', 'bench', 'test', 'check']) {
      expect(readme).toMatch(new RegExp(`npm (run )?(--silent )?${name}\\b`));
    }
  });
});
