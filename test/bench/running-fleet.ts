import { setTimeout as delay } from 'node:timers/promises';
import { serviceNames } from '../../services/index.ts';
import { command } from '../tools/run.ts';
import { cpuMilliseconds, median, residentMegabytes, timed } from './measure.ts';
import { MeasuredFleet } from './measured-fleet.ts';
import type { BenchRow, BenchSettings } from './row.ts';

/** Measures a fleet at the default rate: how long a ratio change takes, and what its processes use when idle. */
export async function measureRunningFleet({ runs, seconds }: BenchSettings): Promise<readonly BenchRow[]> {
  const fleet = await MeasuredFleet.start([], serviceNames.length);
  try {
    return [...(await measureRatioChanges(fleet, runs)), ...(await measureUsage(fleet, seconds))];
  } finally {
    await fleet.stop();
  }
}

async function measureRatioChanges(fleet: MeasuredFleet, runs: number): Promise<readonly BenchRow[]> {
  const byApi: number[] = [];
  const byCommand: number[] = [];
  for (let run = 0; run < runs; run++) {
    byApi.push(await timed(() => fleet.request('PATCH', '/v1/ratios', { api: run % 10 })));
    byCommand.push(await timed(() => changeByCommand((run + 5) % 10, fleet.logFile)));
  }
  return [
    { what: 'ratio change by the control API', figure: `${median(byApi).toFixed(1)} ms` },
    { what: 'ratio change by the ratios command', figure: `${median(byCommand).toFixed(0)} ms` },
  ];
}

async function changeByCommand(api: number, logFile: string): Promise<void> {
  const args = ['ratios', '--api', String(api), '--log-file', logFile];
  const { status, stderr } = await command(process.cwd(), ...args);
  if (status !== 0) throw new Error(`ratios exited with ${status}: ${stderr}`);
}

async function measureUsage(fleet: MeasuredFleet, seconds: number): Promise<readonly BenchRow[]> {
  const processes = [
    { name: 'supervisor', pid: fleet.pid },
    ...(await fleet.services()).map(({ name, pid }) => ({ name, pid: pid as number })),
  ];
  const before = processes.map(({ pid }) => cpuMilliseconds(pid));
  await delay(seconds * 1000);
  const usedMs = processes.map(
    ({ pid }, index) => (cpuMilliseconds(pid) ?? Number.NaN) - (before[index] ?? Number.NaN),
  );
  const totalMs = usedMs.reduce((sum, ms) => sum + ms, 0);
  const share = (ms: number) => `${((ms / (seconds * 1000)) * 100).toFixed(2)} % of a core`;
  const memory = (pid: number) => `${residentMegabytes(pid)?.toFixed(0) ?? 'unknown'} MB`;
  return [
    ...processes.map(({ name, pid }, index) => {
      return { what: `${name}, idle at the default rate`, figure: `${memory(pid)}, ${share(usedMs[index] as number)}` };
    }),
    {
      what: 'all processes, idle at the default rate',
      figure: `${share(totalMs)}, ${((totalMs * 60) / seconds).toFixed(0)} ms per minute`,
    },
  ];
}
