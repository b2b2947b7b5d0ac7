/**
 * Fault x what must hold: the whole table, with the test that proves each cell. It is printed as it stands; a cell
 * whose test is gone, or goes by another name now, fails.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const CELLS: readonly (readonly [fault: string, mustHold: string, file: string, title: string])[] = [
  // Ends of one process.
  ['exit codes and signals', 'restarted, and stopped when asked', 'supervisor/exit-and-restart', 'a process that ends'],
  ['killed from outside', 'the others do not notice', 'supervisor/fleet', 'a service that is killed from outside'],
  [
    'dies again and again',
    'delays grow, the 6th is the last',
    'supervisor/restart-policy',
    'a process that dies at once',
  ],
  ['dies every half a minute', 'restarted at once for ever', 'supervisor/restart-policy', 'every half a minute'],
  ['crash loop', 'commands answered; 5 restarts', 'faults/processes', 'a service that dies again and again'],
  ['dead at start-up', 'exit, last words, what to do', 'faults/processes', 'a service that dies while it loads'],
  ['module throws in its process', 'that service fails alone', 'faults/own-services', 'throws while it loads fails'],
  ['module hangs as it loads', 'holds nobody up', 'faults/own-services', 'holds nobody up'],
  ['module fails at the start', 'one line, nothing started', 'e2e/failing-modules', 'npm start with a module that'],
  ['never gets ready', 'does not hold up the end', 'supervisor/fleet-in-trouble', 'comes while services load'],
  ['deaf to SIGTERM', 'killed after 5 s, others at once', 'faults/processes', 'a service that is deaf'],
  ['SIGSTOP', 'noticed, replaced, can be stopped', 'faults/processes', 'a service that was stopped by SIGSTOP'],
  ['SIGSTOP, then SIGCONT', 'up again, not replaced', 'supervisor/fleet-in-trouble', 'for a while is up again'],
  ['endless loop', 'ratios change elsewhere', 'supervisor/fleet-in-trouble', 'because it loops'],
  ['leaves its pipes to another', 'its end is noticed', 'supervisor/service-process', 'leaves its pipes to another'],
  ['ratio while it restarts', 'holds from its instant on', 'faults/processes', 'a ratio that changes while'],
  ['20,000 lines, then SIGKILL', 'all are there', 'supervisor/service-process', '20,000 lines written right before'],
  ['stands still, changes pile up', 'all read before a line', 'services/standstill', 'changes that are on their way'],
  ['a change while held for another', 'no line is lost', 'services/live-service', 'held for the next change'],
  // Ends of the fleet.
  ['SIGKILL of the supervisor', 'no process left, next start works', 'faults/ends', 'SIGKILL of the supervisor'],
  ['the same, a service loops', 'no process left', 'faults/own-services', 'ends a service in an endless loop too'],
  ['Ctrl-C to the group', 'order kept, no lost tail', 'faults/ends', 'ends npm start with every line in its place'],
  ['second Ctrl-C', 'all killed, no line torn', 'faults/ends', 'pressed again kills at once'],
  ['SIGHUP to the group', 'the services live', 'faults/ends', 'as at the end of a terminal'],
  ['npm passes a signal on', 'an echo is no second one', 'supervisor/signals', 'a Ctrl-C that npm passes on'],
  ['npm start | head -3', 'ends within two seconds', 'faults/ends', 'npm start | head -3'],
  ['second fleet', 'refused with the pid', 'faults/ends', 'a second fleet on the same file'],
  ['two starts at once', 'one of them runs', 'supervisor/control/lock', 'two fleets that start at once'],
  ['what a killed fleet leaves', 'in nobody’s way', 'supervisor/control/lock', 'is in nobody’s way, and is removed'],
  ['directory taken by another user', 'another name is used', 'shared/registry/directories', 'has another name when'],
  ['second fleet, other environment', 'refused, commands work', 'faults/one-fleet', 'from another environment'],
  ['second fleet, other user', 'refused, commands say whose', 'faults/one-fleet', 'of another user'],
  ['second fleet on a rotated file', 'refused', 'faults/one-fleet', 'on a rotated file of the first'],
  ['log file with a hard link', 'refused', 'faults/one-fleet', 'with a second name (a hard link) is refused'],
  ['changed link', 'followed with the lock', 'faults/one-fleet', 'a link that is changed while'],
  ['socket or lock removed', 'back within a second, and told', 'faults/one-fleet', 'notices within a second'],
  // A backfill.
  ['Ctrl-C of a backfill', 'whole lines, and how to go on', 'faults/backfill', 'leaves whole lines in'],
  ['Ctrl-C while the past is written', 'whole lines', 'e2e/start-with-a-past', 'Ctrl-C ends it with whole lines'],
  ['a backfill piped to head', 'ends at once, status 0', 'faults/backfill', 'a reader that has seen enough'],
  ['disk full under a backfill', 'one line, nothing left', 'faults/backfill', 'is told in one line, and nothing'],
  [
    'two backfills to one output',
    'whole, of the last to end',
    'e2e/backfill-one-output',
    'the last to end wins, whole',
  ],
  ['SIGKILL of a backfill', 'what it left is removed', 'e2e/backfill-one-output', 'one that is killed leaves the file'],
  // The console.
  ['pipe not read for 10 s', 'services pause, all is shown', 'faults/console', 'of a pipe: the services pause'],
  ['terminal not read for 10 s', 'file complete, gap told', 'faults/console', 'of a terminal: nobody pauses'],
  ['terminal not read at the end', 'ends all the same', 'faults/console', 'of a terminal that never goes on'],
  ['console on a full disk', 'nobody pauses, file complete', 'faults/console', 'on a disk that is always full'],
  ['the same for a while', 'what was kept is shown', 'faults/console', 'on a disk that is full for a while'],
  ['up while others are paused', 'paused too', 'supervisor/fleet', 'a service is told to pause when it comes up'],
  // What processes print.
  ['200 KB multi-byte record', 'arrives whole', 'faults/processes', 'a record of 200 KB'],
  [
    'chunks cut anywhere',
    'lines come out as they went in',
    'supervisor/log/line-framer',
    'wherever the chunks are cut',
  ],
  ['a line above 1 MiB', 'cut, and told by how much', 'supervisor/log/line-framer', 'is cut at 1 MiB'],
  ['a record above 1 MiB', 'cut, but counted', 'e2e/long-records', 'after a record of 1.5 MB a change of ratios'],
  ['a stack in pieces', 'one block', 'supervisor/log/service-output', 'a stack that comes in pieces'],
  ['prints that are no record', 'lines of that service', 'supervisor/service-process', 'whatever a process prints'],
  ['prints among records', 'all in order of time', 'e2e/prints', 'stand in order of time among the records'],
  ['SIGKILL within a record', 'what is left of it is no line', 'supervisor/log/service-output', 'a SIGKILL left'],
  ['prints without end', 'slowed down alone', 'faults/own-services', 'is slowed down alone'],
  // The file.
  ['disk full', 'kept, then written', 'faults/log-file', 'a full disk is survived'],
  [
    'disk full for long',
    'as many told as are lost',
    'supervisor/log/file-sink',
    'tells as many lost lines as are missing',
  ],
  ['rename + SIGHUP x 50', 'every line exactly once', 'faults/rotation', 'rename and SIGHUP'],
  ['built-in rotation x 50', 'every line exactly once', 'faults/rotation', 'built-in rotation'],
  ['slow log file', 'services pause, changes work', 'faults/slow-log-file', 'holds the services up'],
  ['named pipe that nobody empties', 'ends, status 1', 'faults/slow-log-file', 'that nobody empties'],
  ['disk full at the stop', 'status 1, no half line', 'faults/slow-log-file', 'a disk that is full at the stop'],
  ['logrotate', 'every line exactly once', 'faults/logrotate', 'logrotate as the README'],
  ['torn last line at start', 'the next begins after it', 'faults/log-file', 'a last line that was torn'],
  // Time.
  [
    'sleep of the machine',
    'no flood, skipped and counted',
    'services/standstill',
    'after a sleep writes the last second',
  ],
  ['clock set back', 'told, no line again, world whole', 'faults/clock', 'a clock that is set back by %i ms'],
  ['clock set back a little', 'no line again', 'services/live-service', 'set back by less than a second'],
  ['more due than it can write', 'left out and counted', 'services/live-service', 'cannot write as much as is due'],
  ['supervisor stands still', 'late is only who is', 'faults/supervisor-standstill', 'starts it again all the same'],
  ['the same at the end', 'no false alarm', 'faults/supervisor-standstill', 'does not take them for immortal'],
  ['standstill anywhere', 'no line of the old world', 'services/standstill', 'wherever it stood still'],
  // The control socket.
  ['22 kinds of hostile client', 'short answer or none, no line lost', 'faults/control', 'clients that misbehave'],
  ['1500 idle connections', 'an operator is answered', 'faults/control', 'with 1500 idle connections'],
  ['requests, answers not read', 'stops itself only', 'faults/control', 'a client that pipelines requests'],
  ['500 commands at once', 'each answered, one at a time', 'faults/control', 'a flood of commands'],
];

const sourceOf = (file: string) => readFileSync(new URL(`../${file}.test.ts`, import.meta.url), 'utf8');

function print(): string {
  const widths = [0, 1, 2].map((column) => Math.max(...CELLS.map((cell) => (cell[column] as string).length)));
  const rows = CELLS.map((cell) => widths.map((width, column) => (cell[column] as string).padEnd(width)).join('  '));
  return rows.map((row) => row.trimEnd()).join('\n');
}

describe('fault | what must hold | where it is proved', () => {
  test.each(CELLS)('%s | %s | %s', (_fault, _mustHold, file, title) => {
    expect(sourceOf(file)).toContain(title);
  });

  test('no fault stands there twice', () => {
    expect(new Set(CELLS.map(([fault]) => fault)).size).toBe(CELLS.length);
    process.stdout.write(`\nfault, what must hold, and where it is proved\n\n${print()}\n\n`);
  });
});
