import { WriteStream } from 'node:tty';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { colorsOf } from '../../../../supervisor/log/console/styles.ts';

/** A stream that determines its colours as Node's terminals do. */
const stream = (isTTY: boolean) => Object.create(WriteStream.prototype, { isTTY: { value: isTTY } }) as WriteStream;

describe('colours', () => {
  beforeEach(() => {
    for (const name of ['NO_COLOR', 'FORCE_COLOR', 'NODE_DISABLE_COLORS', 'COLORTERM', 'TMUX', 'CI', 'TERM_PROGRAM']) {
      vi.stubEnv(name, undefined);
    }
  });
  afterEach(() => vi.unstubAllEnvs());

  test.each([
    [{ TERM: 'xterm-256color' }, 256],
    [{ TERM: 'xterm' }, 16],
    [{ TERM: 'xterm-256color', NO_COLOR: '1' }, 0],
    [{ TERM: 'xterm-256color', FORCE_COLOR: '0' }, 0],
    [{ TERM: 'dumb' }, 0],
    [{ TERM: 'dumb', FORCE_COLOR: '1' }, 16],
  ] as const)('on a terminal with %j: %i; none elsewhere', (env, colors) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    expect(colorsOf(stream(true))).toBe(colors);
    expect(colorsOf(stream(false))).toBe(0);
  });
});
