/** The commands of the Kubernetes manifest, the Slurm script and the README, on a shorter range. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { command, ROOT, run } from '../tools/run.ts';
import { temporaryDirectory } from '../tools/temporary.ts';
import { fileNamesIn, RANGE, sha256, sha256OfFiles } from './backfill.ts';

const MONTH = '--from 2026-11-01 --to 2026-12-01 --seed 1';

function onShortRange(script: string): string {
  expect(script).toContain(MONTH);
  return script.replace(MONTH, RANGE.join(' '));
}

/** The block under `args:`, without its indentation. */
function argsOfManifest(): string {
  const yaml = readFileSync(join(ROOT, 'scripts/backfill-job.yaml'), 'utf8');
  const lines = yaml.split('\n');
  const block = lines.slice(lines.findIndex((line) => line.trim() === '- |') + 1);
  const indent = block[0]?.search(/\S/) ?? 0;
  const end = block.findIndex((line) => line.search(/\S/) < indent);
  return block
    .slice(0, end)
    .map((line) => line.slice(indent))
    .join('\n');
}

test.each([
  {
    scheduler: 'Kubernetes',
    script: (directory: string) => argsOfManifest().replace('/logs/', `${directory}/`),
    variables: (shard: number) => `export JOB_COMPLETION_INDEX=${shard - 1} SHARDS=3`,
  },
  {
    scheduler: 'Slurm',
    script: (directory: string) =>
      readFileSync(join(ROOT, 'scripts/backfill-array.sh'), 'utf8').replace('"november-', `"${directory}/november-`),
    variables: (shard: number) => `export SLURM_ARRAY_TASK_ID=${shard} SLURM_ARRAY_TASK_COUNT=3`,
  },
])('the shards that $scheduler starts are the complete log', async ({ script, variables }) => {
  const directory = temporaryDirectory();
  const text = onShortRange(script(directory));
  for (const shard of [1, 2, 3]) {
    const ended = await run('sh', ['-c', `${variables(shard)}\n${text}`], ROOT);
    expect(ended.status, ended.stderr).toBe(0);
  }
  const shards = [1, 2, 3].map((shard) => readFileSync(join(directory, `november-000${shard}.log.gz`)));
  await command(directory, 'backfill', ...RANGE, '--output', 'whole.log');
  expect(sha256(gunzipSync(Buffer.concat(shards)))).toBe(sha256OfFiles(directory, 'whole.log'));
});

test('the shards that GNU parallel starts, as in the README, are the complete log', async ({ skip }) => {
  // The package moreutils has another program of that name.
  const tool = await run('sh', ['-c', 'parallel --version | grep -q GNU'], '/');
  skip(tool.status !== 0, 'GNU parallel is not installed');
  const readme = readFileSync(join(ROOT, 'scripts/README.md'), 'utf8');
  const documented = /^seq -w 64 \| parallel [^#]*/m.exec(readme)?.[0] ?? '';
  const directory = temporaryDirectory();
  const script = documented
    .replace('--from 2026-11-01 --to 2026-12-01', RANGE.join(' '))
    .replaceAll('64', '10')
    .replace('november-', `${directory}/november-`);
  const ended = await run('sh', ['-c', script], ROOT);
  expect(ended.status, ended.stderr).toBe(0);
  const names = fileNamesIn(directory);
  expect(names).toHaveLength(10);
  await command(directory, 'backfill', ...RANGE, '--output', 'whole.log');
  const shards = names.map((name) => readFileSync(join(directory, name)));
  expect(sha256(gunzipSync(Buffer.concat(shards)))).toBe(sha256OfFiles(directory, 'whole.log'));
});
