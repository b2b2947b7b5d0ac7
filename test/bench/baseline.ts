/**
 * What the machine can do at best: `node baseline.js formatted|prebuilt FILE LINES`. One thread formats lines like those
 * of the log, with fixed words, a counter and a time stamp, and writes them in chunks; or it writes a prebuilt chunk.
 */

import { closeSync, openSync, writeSync } from 'node:fs';

const CHUNK_CHARACTERS = 65_536;

const [mode = '', file = '', count = ''] = process.argv.slice(2);
const lines = Number(count);
const descriptor = openSync(file, 'w');
let time = Date.UTC(2026, 0, 1);

if (mode === 'prebuilt') {
  let chunk = '';
  let linesInChunk = 0;
  for (; chunk.length < CHUNK_CHARACTERS; linesInChunk++) chunk += line(linesInChunk);
  const bytes = Buffer.from(chunk);
  for (let written = 0; written < lines; written += linesInChunk) writeSync(descriptor, bytes);
} else {
  let chunk = '';
  for (let written = 0; written < lines; written++) {
    chunk += line(written);
    if (chunk.length < CHUNK_CHARACTERS) continue;
    writeSync(descriptor, chunk);
    chunk = '';
  }
  writeSync(descriptor, chunk);
}
closeSync(descriptor);

function line(number: number): string {
  time += 100;
  return `${new Date(time).toISOString()} [INFO] [ApiService]: GET /api/v1/products/SKU-12345 200 in 37 ms count=${number} request_id=req_8e7874af user=u_4086\n`;
}
