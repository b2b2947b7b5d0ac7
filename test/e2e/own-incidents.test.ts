import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { expectOneLine } from '../tools/expect-one-line.ts';
import { command } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';
import { startFleet } from './fleet.ts';

const OUTAGES = fileURLToPath(new URL('../fixtures/incidents/outages.js', import.meta.url));

test("an incident type of the user's own is listed, started and stopped as the others are", async () => {
  const fleet = await startFleet('--incidents', OUTAGES);
  expect((await fleet.command('incident', 'list')).stdout).toMatch(/^warehouse-offline +inventory/m);
  expect((await fleet.command('incident', 'show', 'mail-late')).stdout).toContain('mx1.example.net');
  const started = await fleet.command('incident', 'start', 'warehouse-offline', '--at-once');
  expect(started).toMatchObject({ status: 0, stderr: '' });
  expect(started.stdout).toContain('warehouse-offline-1: the warehouse does not answer');
  expect(await fleet.command('incident', 'stop', 'warehouse-offline-1')).toMatchObject({ status: 0 });
  await fleet.stop();
});

test('and a scenario may have it', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'plan.yaml'), 'title: x\nlasts: 1h\nsteps:\n  - { at: 5m, incident: mail-late }\n');
  const { status, stdout } = await command(directory, 'scenario', 'check', 'plan.yaml', '--incidents', OUTAGES);
  expect(status).toBe(0);
  expect(stdout).toContain('mails through mx1.example.net are late');
  const without = await command(directory, 'scenario', 'check', 'plan.yaml');
  expectOneLine(without, 2, /plan\.yaml:4:15: steps\[0\]\.incident: "mail-late" is unknown/);
});

test.each([
  { what: 'is not there', text: undefined, says: /--incidents \S*own\.js: cannot be loaded/ },
  { what: 'throws', text: 'throw new Error("no")', says: /--incidents \S*own\.js: / },
  {
    what: 'exports a number',
    text: 'export default 7',
    says: /--incidents \S*own\.js: incident: 7 is not an incident type/,
  },
  {
    what: 'takes a name that is taken',
    text: "export default { name: 'quiet', title: 'x', shows: 'x', phases: { plateau: { minutes: 1 } }, difficulty: 1 }",
    says: /--incidents \S*own\.js: name: "quiet" is taken/,
  },
])('a module that $what is refused in one line, and nothing starts', async ({ text, says }) => {
  const directory = temporaryDirectory();
  if (text !== undefined) writeFileSync(join(directory, 'own.js'), text);
  expectOneLine(await command(directory, 'start', '--incidents', './own.js'), 2, says);
});
