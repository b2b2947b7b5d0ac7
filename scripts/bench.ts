import { spawnSync } from 'node:child_process';
import { serviceNames } from '../services/index.ts';
import type { ServicesAnswer } from '../shared/control-api.ts';
import { askFleet } from '../shared/control-client.ts';
import { checkNoMore } from './arguments.ts';
import { type FleetUnderTest, runCommand, startFleet } from './bench/fleet-under-test.ts';
import { cpuMilliseconds, median, residentMegabytes, timed } from './bench/measure.ts';
import type { Command } from './command.ts';
import { wholeNumber } from './numbers.ts';
import { formatTable } from './table.ts';

const RUNS = 7;
/** How long the idle fleet is watched, in s, when nothing is said. */
const SECONDS = 60;

type Row = readonly [what: string, figure: string];

/** `npm run bench` */
export const bench: Command = {
  usage: 'npm run bench -- [options]',
  describe: 'Measures start-up, ratio changes, memory and idle CPU time on this machine. Medians of several runs.',
  options: {
    runs: { type: 'string', describe: `How often each is measured [default: ${RUNS}]` },
    seconds: { type: 'string', describe: `How long the idle fleet is watched [default: ${SECONDS}]` },
  },
  examples: [['npm run bench -- --runs 3 --seconds 10', 'a quick look']],
  async run(values) {
    checkNoMore(values._);
    const runs = wholeNumber('--runs', values.runs, RUNS);
    const seconds = wholeNumber('--seconds', values.seconds, SECONDS);
    const rows = [...(await startUp(runs)), ...(await runningFleet(runs, seconds))];
    process.stdout.write(`${formatTable(['WHAT', 'MEDIAN'], rows)}\n`);
  },
};

/** Bare starts of node and starts of the fleet in turn, so that all see the same machine. */
async function startUp(runs: number): Promise<readonly Row[]> {
  const bare: number[] = [];
  // At 1000 lines/s the wait for a line's own time does not count: what is left is the start.
  const rates = [
    { name: '1000 lines/s', args: ['--rate', '1000'], starts: [] as (readonly number[])[] },
    { name: 'default rate', args: [], starts: [] as (readonly number[])[] },
  ];
  for (let run = 0; run < runs; run++) {
    bare.push(await timed(async () => spawnSync(process.execPath, ['-e', '0'])));
    for (const { args, starts } of rates) {
      const fleet = await startFleet(args, serviceNames.length);
      starts.push(fleet.firstLines);
      await fleet.stop();
    }
  }
  const unit = median(bare);
  const row = (what: string, ms: number): Row => [what, `${ms.toFixed(0)} ms = ${(ms / unit).toFixed(1)} bare starts`];
  return [
    ['bare start: node -e 0', `${unit.toFixed(0)} ms`],
    ...rates.flatMap(({ name, starts }) => [
      row(`first line of the first service, ${name}`, median(starts.map((times) => times[0] as number))),
      row(`first line of the fifth service, ${name}`, median(starts.map((times) => times[4] as number))),
    ]),
  ];
}

async function runningFleet(runs: number, seconds: number): Promise<readonly Row[]> {
  const fleet = await startFleet([], serviceNames.length);
  try {
    return [...(await ratioChanges(fleet, runs)), ...(await idle(fleet, seconds))];
  } finally {
    await fleet.stop();
  }
}

async function ratioChanges(fleet: FleetUnderTest, runs: number): Promise<readonly Row[]> {
  const { logFile } = fleet;
  const change = (api: number) => askFleet(logFile, { method: 'PATCH', path: '/v1/ratios', body: { api } });
  const asked: number[] = [];
  const typed: number[] = [];
  for (let run = 0; run < runs; run++) {
    asked.push(await timed(() => change(run % 10)));
    typed.push(await timed(() => runCommand('ratios', '--api', String((run + 5) % 10), '--log-file', logFile)));
  }
  return [
    ['ratio change, by the control API', `${median(asked).toFixed(1)} ms`],
    ['ratio change, by the ratios command', `${median(typed).toFixed(0)} ms`],
  ];
}

async function idle(fleet: FleetUnderTest, seconds: number): Promise<readonly Row[]> {
  const { services } = await askFleet<ServicesAnswer>(fleet.logFile, { method: 'GET', path: '/v1/services' });
  const processes = [
    ['supervisor', fleet.pid] as const,
    ...services.map(({ name, pid }) => [name, pid as number] as const),
  ];
  const before = processes.map(([, pid]) => cpuMilliseconds(pid));
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const used = processes.map(([, pid], index) => (cpuMilliseconds(pid) ?? Number.NaN) - (before[index] ?? Number.NaN));
  const total = used.reduce((sum, ms) => sum + ms, 0);
  const share = (ms: number) => `${((ms / (seconds * 1000)) * 100).toFixed(2)} % of a core`;
  const memory = (pid: number) => `${residentMegabytes(pid)?.toFixed(0) ?? 'unknown'} MB resident`;
  return [
    ...processes.map(
      ([name, pid], index): Row => [name, `${memory(pid)}, ${share(used[index] as number)} at the default rate`],
    ),
    ['all processes', `${share(total)} = ${((total * 60) / seconds).toFixed(0)} ms a minute at the default rate`],
  ];
}
