import { fileURLToPath } from 'node:url';
import type { ServiceDefinition } from '../../services/definition/definition.ts';

/** Path of this module, to be given with `--service`. */
export const LONG_RECORDS = fileURLToPath(import.meta.url);

/** Characters of one to four bytes: wherever a chunk ends, it is likely to cut one of them. */
const LETTERS = 'aü€😀';

/** 200 KB: more than three times what a pipe holds, so that no such record arrives in one piece. */
const LONG = LETTERS.repeat(20_000);

/** A service of the soak alone: few records, but long ones, on their way while everything else happens. */
const definition: ServiceDefinition = {
  name: 'wordy',
  logName: 'WordyService',
  dependsOn: [],
  steps: {},
  background: {
    perPage: 1,
    good: [{ level: 'INFO', text: `said at length: ${LONG}` }],
    bad: [{ level: 'WARNING', cause: 'short_of_breath', text: `short of breath: ${LETTERS}` }],
  },
};

export default definition;

/** From this signal on it is deaf to every request to stop, so that there is time for a second Ctrl-C. */
export const IGNORE_STOP_SIGNAL = 'SIGUSR2';

function hangForGood(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

// This module is also imported to read its definition, and by the soak itself.
if (process.send && process.argv[2] === definition.name) {
  process.once(IGNORE_STOP_SIGNAL, () => {
    process.prependListener('SIGTERM', hangForGood);
    process.prependListener('message', (message) => {
      if ((message as { readonly type?: string }).type === 'stop') hangForGood();
    });
  });
}
