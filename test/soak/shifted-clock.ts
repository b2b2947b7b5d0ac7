/**
 * Preloaded with `node --import`: makes the clock of this process that of the machine plus as many ms as stand in the
 * file CLOCK_OFFSET_FILE, which may change at any time.
 */

import { readFileSync } from 'node:fs';

/** How often the file is read, in ms. */
const READ_INTERVAL_MS = 5;

const SystemDate = Date;
const file = process.env.CLOCK_OFFSET_FILE ?? '';
let offsetMs = 0;
let readAt = Number.NEGATIVE_INFINITY;

function now(): number {
  if (performance.now() - readAt > READ_INTERVAL_MS) {
    readAt = performance.now();
    offsetMs = readOffset();
  }
  return SystemDate.now() + offsetMs;
}

function readOffset(): number {
  try {
    return Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    return offsetMs;
  }
}

globalThis.Date = class extends SystemDate {
  constructor(...args: [] | [number | string]) {
    super(...((args.length === 0 ? [now()] : args) as [number]));
  }

  static override now(): number {
    return now();
  }
} as DateConstructor;
