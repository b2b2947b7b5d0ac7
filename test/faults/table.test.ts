/**
 * Every fault, what must hold under it, and the test that proves it. The table is printed; a row fails when its test is
 * gone or has another title.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Row = readonly [fault: string, mustHold: string, file: string, title: string];

const PROCESSES: readonly Row[] = [
  [
    'exit codes and signals',
    'restarted; stopped on request',
    'supervisor/process/exit-and-restart',
    'a process that ends',
  ],
  ['killed from outside', 'others unaffected', 'supervisor/fleet', 'a service that is killed from outside'],
  ['fails at once', 'delays grow, 5 restarts', 'supervisor/process/restart-policy', 'a process that dies at once'],
  ['fails every half a minute', 'always restarted at once', 'supervisor/process/restart-policy', 'every half a minute'],
  [
    'crash loop',
    'commands answered, 5 restarts',
    'faults/misbehaving-services',
    'a service that exits again and again',
  ],
  [
    'exits while loading',
    'status, output, advice',
    'faults/misbehaving-services',
    'a service that exits while loading',
  ],
  ['module throws in its process', 'only its service fails', 'faults/own-services', 'throws while loading'],
  ['module hangs while loading', 'others not delayed', 'faults/own-services', '$module does not delay the others'],
  ['module fails before the start', 'one line, nothing started', 'e2e/failing-modules', 'npm start with a module that'],
  ['never becomes ready', 'shutdown not delayed', 'supervisor/fleet-in-trouble', 'comes while services load'],
  ['ignores SIGTERM', 'killed after 5 s', 'faults/misbehaving-services', 'a service that ignores requests to stop'],
  ['SIGSTOP', 'detected, replaced', 'faults/misbehaving-services', 'a service stopped by SIGSTOP'],
  ['SIGSTOP, then SIGCONT', 'up again, not replaced', 'supervisor/fleet-in-trouble', 'for a while is up again'],
  ['endless loop', 'ratios change elsewhere', 'supervisor/fleet-in-trouble', 'because it loops'],
  ['a child holds its pipes', 'exit detected', 'supervisor/process/service-process', 'leaves its pipes to another'],
  ['ratio changed in a restart', 'in effect on time', 'faults/misbehaving-services', 'a ratio that changes while'],
  [
    '20,000 lines, then SIGKILL',
    'all written',
    'supervisor/process/service-process',
    '20,000 lines written right before',
  ],
  [
    'stall with changes pending',
    'read before any line',
    'services/process/stall',
    'changes that are still on their way',
  ],
  ['change during a change', 'no line lost', 'services/process/live-service', 'prepared for the next change'],
];

const SHUTDOWNS: readonly Row[] = [
  ['SIGKILL of the supervisor', 'no process left, restart works', 'faults/shutdown', 'SIGKILL of the supervisor'],
  ['the same, a service loops', 'no process left', 'faults/own-services', 'a service in an endless loop exits, too'],
  ['Ctrl-C to the group', 'order kept, no line lost', 'faults/shutdown', 'stops npm start with every line in order'],
  ['second Ctrl-C', 'all killed, no line torn', 'faults/shutdown', 'a second Ctrl-C kills'],
  ['SIGHUP to the group', 'services keep running', 'faults/shutdown', 'as when the terminal closes'],
  ['signal forwarded by npm', 'not taken for a second one', 'supervisor/signals', 'a Ctrl-C that npm passes on'],
  ['npm start | head -3', 'stops within two seconds', 'faults/shutdown', 'npm start | head -3'],
];

const LOCKS: readonly Row[] = [
  ['second fleet', 'refused with the pid', 'faults/shutdown', 'a second fleet on the same file'],
  ['two starts at once', 'one of them runs', 'supervisor/control/fleet-lock', 'two fleets that start at once'],
  [
    'files of a killed fleet',
    'ignored, removed',
    'supervisor/control/fleet-lock',
    'is in nobody’s way, and is removed',
  ],
  ['directory of another user', 'another name used', 'shared/registry/directories', 'has another name when'],
  ['second fleet, other environment', 'refused, commands work', 'faults/one-fleet', 'from another environment'],
  ['second fleet, other user', 'refused, owner named', 'faults/one-fleet', 'of another user'],
  ['second fleet on a rotated file', 'refused', 'faults/one-fleet', 'on a rotated file of the first'],
  ['log file with a hard link', 'refused', 'faults/one-fleet', 'with a second name (a hard link) is refused'],
  ['changed link', 'followed with the lock', 'faults/one-fleet', 'a fleet follows a link'],
  ['socket or lock removed', 'restored in a second', 'faults/one-fleet', 'restores it within a second'],
];

const BACKFILLS: readonly Row[] = [
  ['Ctrl-C of a backfill', 'complete lines, how to resume', 'faults/backfill', 'leaves complete lines in'],
  [
    'Ctrl-C during --backfill',
    'complete lines',
    'e2e/start-with-a-backfill',
    'and Ctrl-C stops it with complete lines',
  ],
  ['backfill | head', 'exits at once, status 0', 'faults/backfill', 'a reader that closes the pipe'],
  ['disk full under a backfill', 'one line, no file left', 'faults/backfill', 'is reported in one line, and no file'],
  ['two backfills to one output', 'complete, of the last', 'e2e/backfill-one-output', 'the last to finish wins'],
  ['SIGKILL of a backfill', 'its files are removed', 'e2e/backfill-one-output', 'one that is killed leaves the file'],
];

const CONSOLES: readonly Row[] = [
  ['pipe not read for 10 s', 'services pause, all shown', 'faults/console', 'while a pipe is not read'],
  ['terminal not read for 10 s', 'file complete, gap shown', 'faults/console', 'while a terminal is not read'],
  ['terminal never read again', 'shutdown not delayed', 'faults/console', 'a terminal that is never read again'],
  ['console on a full disk', 'no pause, file complete', 'faults/console', 'on a console whose disk is full'],
  ['the same for a while', 'kept lines written', 'faults/console', 'on a console whose disk was full'],
  ['up while others are paused', 'paused, too', 'supervisor/fleet', 'a service is told to pause when it comes up'],
];

const OUTPUT: readonly Row[] = [
  ['200 KB multi-byte record', 'arrives complete', 'faults/misbehaving-services', 'a record of 200 KB'],
  ['chunks cut anywhere', 'lines unchanged', 'supervisor/log/input/line-framer', 'wherever the chunks are cut'],
  ['a line above 1 MiB', 'cut, with its size', 'supervisor/log/input/line-framer', 'is cut at 1 MiB'],
  ['a record above 1 MiB', 'cut, but counted', 'e2e/long-records', 'after a record of 1.5 MB'],
  ['a stack in several chunks', 'one block', 'supervisor/log/input/service-output', 'a stack trace in several chunks'],
  ['text that is no record', 'lines of its service', 'supervisor/process/service-process', 'whatever a process prints'],
  ['text among records', 'in order of time', 'e2e/prints', 'are in order of time among the records'],
  ['SIGKILL within a record', 'its rest is not a line', 'supervisor/log/input/service-output', 'a SIGKILL left'],
  ['endless output', 'only its service slows down', 'faults/own-services', 'is the only one slowed down'],
];

const LOG_FILES: readonly Row[] = [
  ['disk full', 'kept, then written', 'faults/log-file', 'after a full disk has room again'],
  ['disk full for long', 'losses counted', 'supervisor/log/file/file-sink', 'logs how many lines are missing'],
  ['50 renames with SIGHUP', 'every line exactly once', 'faults/rotation', 'rename and SIGHUP'],
  ['50 built-in rotations', 'every line exactly once', 'faults/rotation', 'built-in rotation'],
  ['slow log file', 'services pause, changes work', 'faults/slow-log-file', 'makes the services pause'],
  ['named pipe not read', 'exits with status 1', 'faults/slow-log-file', 'that is not read'],
  ['disk full at the stop', 'status 1, no torn line', 'faults/slow-log-file', 'on a disk that is full at the stop'],
  ['logrotate', 'every line exactly once', 'faults/logrotate', 'logrotate, configured as in the README'],
  ['torn last line at the start', 'terminated first', 'faults/log-file', 'a torn last line'],
];

const TIME: readonly Row[] = [
  [
    'sleep of the machine',
    'lines dropped and counted',
    'services/process/stall',
    'after a suspend writes only the last second',
  ],
  ['clock set back', 'reported, no line twice', 'faults/clock', 'a clock that is set back by %i ms'],
  ['clock set back a little', 'no line twice', 'services/process/live-service', 'set back by less than a second'],
  ['rate too high', 'lines dropped, counted', 'services/process/live-service', 'cannot write as much as is due'],
  ['stalled supervisor', 'still restarts services', 'faults/supervisor-stall', 'still restarts it'],
  ['the same during a stop', 'no false alarm', 'faults/supervisor-stall', 'does not report that SIGKILL failed'],
  ['stall at any point', 'no line of the old world', 'services/process/stall', 'wherever it stalls'],
];

const CLIENTS: readonly Row[] = [
  ['22 kinds of hostile client', 'short answer, no line lost', 'faults/control', 'misbehaving clients'],
  ['1500 idle connections', 'operator answered', 'faults/control', 'with 1500 idle connections'],
  ['answers not read', 'others not delayed', 'faults/control', 'a client that pipelines requests'],
  ['500 commands at once', 'all answered, one at a time', 'faults/control', 'a flood of commands'],
];

const ROWS = [
  ...PROCESSES,
  ...SHUTDOWNS,
  ...LOCKS,
  ...BACKFILLS,
  ...CONSOLES,
  ...OUTPUT,
  ...LOG_FILES,
  ...TIME,
  ...CLIENTS,
];

const sourceOf = (file: string) => readFileSync(new URL(`../${file}.test.ts`, import.meta.url), 'utf8');

function format(): string {
  const widths = [0, 1, 2].map((column) => Math.max(...ROWS.map((row) => (row[column] as string).length)));
  const lines = ROWS.map((row) => widths.map((width, column) => (row[column] as string).padEnd(width)).join('  '));
  return lines.map((line) => line.trimEnd()).join('\n');
}

describe('fault | what must hold | test', () => {
  test.each(ROWS)('%s | %s | %s', (_fault, _mustHold, file, title) => {
    expect(sourceOf(file)).toContain(title);
  });

  test('no fault is in the table twice', () => {
    expect(new Set(ROWS.map(([fault]) => fault)).size).toBe(ROWS.length);
    process.stdout.write(`\nfault, what must hold, and test\n\n${format()}\n\n`);
  });
});
