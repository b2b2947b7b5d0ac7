import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ratiosCommand } from '../scripts/ratios.ts';
import { services } from '../scripts/services.ts';
import { formatSize } from '../scripts/size.ts';
import { startOptions } from '../scripts/start-options.ts';
import { loadBuiltIn, serviceNames } from '../services/index.ts';
import { stories } from '../services/stories.ts';
import { faultsIn } from '../services/validation/definition.ts';
import { SERVICE_ACTIONS } from '../shared/control-api.ts';
import { DEFAULTS, LIMITS } from '../shared/defaults.ts';
import { ERRORS } from '../shared/errors.ts';

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

describe('the README says what the code does', () => {
  test('the options of npm start, their ranges and defaults', () => {
    const rows = rowsUnder('### Options of `npm start`');
    expect(options(rows.map(([cell]) => cell as string))).toEqual(Object.keys(startOptions(serviceNames)));
    const row = (option: string) => rows.find(([cell]) => cell === `\`${option}\``) as string[];
    for (const name of serviceNames) expect(row(`--${name}-ratio`)[2]).toBe(String(DEFAULTS.ratio));
    expect(row('--rate').slice(1, 3)).toEqual([`${LIMITS.rate.min} to ${LIMITS.rate.max}`, String(DEFAULTS.rate)]);
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
    expect(Object.keys(services.options).sort()).toEqual(['json', 'log-file']);
  });

  test('the services, their names in the log and whom they call', async () => {
    const told = rowsUnder('## The log').filter(([cell]) => serviceNames.some((name) => cell === `\`${name}\``));
    const definitions = await loadBuiltIn();
    expect(told).toEqual(
      definitions.map(({ name, logName, dependsOn }) => [`\`${name}\``, logName, dependsOn.join(', ')]),
    );
  });

  test('the definition of a service of your own', async () => {
    const code = /```js\n([\s\S]*?)```/.exec(readme)?.[1] as string;
    const { default: definition } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
      default: unknown;
    };
    expect(faultsIn(definition, await loadBuiltIn(), stories)).toEqual([]);
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
    for (const name of ['start', 'stop', 'ratios', 'services', 'socket', 'bench', 'test', 'check']) {
      expect(readme).toMatch(new RegExp(`npm (run )?(--silent )?${name}\\b`));
    }
  });
});
