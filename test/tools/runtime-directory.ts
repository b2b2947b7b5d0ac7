import { afterEach, beforeEach, vi } from 'vitest';
import { temporaryDirectory } from './temporary.ts';

/** Gives every test of the file a runtime directory, and so control sockets, of its own. */
export function useOwnRuntimeDirectory(): void {
  beforeEach(() => {
    vi.stubEnv('XDG_RUNTIME_DIR', temporaryDirectory());
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
}
