import { setTimeout as delay } from 'node:timers/promises';
import { serviceNames } from '../../services/index.ts';
import type { ServicesAnswer } from '../../shared/control-api.ts';
import { requestFleet } from '../../shared/control-client.ts';
import { spawnCli } from '../tools/spawn-cli.ts';
import { cpuMilliseconds, median, residentMegabytes, timed } from './measure.ts';
import { type FleetUnderTest, startFleet } from './measured-fleet.ts';
import type { BenchSettings, Row } from './row.ts';

/** A fleet at the default rate: how fast it obeys, and what it takes while nobody asks anything of it. */
export async function running({ runs, seconds }: BenchSettings): Promise<readonly Row[]> {
  const fleet = await startFleet([], serviceNames.length);
  try {
    return [...(await ratioChanges(fleet, runs)), ...(await idle(fleet, seconds))];
  } finally {
    await fleet.stop();
  }
}

async function ratioChanges(fleet: FleetUnderTest, runs: number): Promise<readonly Row[]> {
  const { logFile } = fleet;
  const change = (api: number) => requestFleet(logFile, { method: 'PATCH', path: '/v1/ratios', body: { api } });
  const asked: number[] = [];
  const typed: number[] = [];
  for (let run = 0; run < runs; run++) {
    asked.push(await timed(() => change(run % 10)));
    typed.push(await timed(() => changeByCommand((run + 5) % 10, logFile)));
  }
  return [
    { what: 'ratio change, by the control API', figure: `${median(asked).toFixed(1)} ms` },
    { what: 'ratio change, by the ratios command', figure: `${median(typed).toFixed(0)} ms` },
  ];
}

async function changeByCommand(api: number, logFile: string): Promise<void> {
  const { status, output } = await spawnCli('ratios', '--api', String(api), '--log-file', logFile);
  if (status !== 0) throw new Error(`ratios ended with ${status}: ${output}`);
}

async function idle(fleet: FleetUnderTest, seconds: number): Promise<readonly Row[]> {
  const { services } = await requestFleet<ServicesAnswer>(fleet.logFile, { method: 'GET', path: '/v1/services' });
  const processes = [
    ['supervisor', fleet.pid] as const,
    ...services.map(({ name, pid }) => [name, pid as number] as const),
  ];
  const before = processes.map(([, pid]) => cpuMilliseconds(pid));
  await delay(seconds * 1000);
  const used = processes.map(([, pid], index) => (cpuMilliseconds(pid) ?? Number.NaN) - (before[index] ?? Number.NaN));
  const total = used.reduce((sum, ms) => sum + ms, 0);
  const share = (ms: number) => `${((ms / (seconds * 1000)) * 100).toFixed(2)} % of a core`;
  const memory = (pid: number) => `${residentMegabytes(pid)?.toFixed(0) ?? 'unknown'} MB`;
  return [
    ...processes.map(([name, pid], index) => {
      return { what: `${name}, idle at the default rate`, figure: `${memory(pid)}, ${share(used[index] as number)}` };
    }),
    {
      what: 'all processes, idle at the default rate',
      figure: `${share(total)}, ${((total * 60) / seconds).toFixed(0)} ms a minute`,
    },
  ];
}
