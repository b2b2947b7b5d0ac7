import { fileURLToPath } from 'node:url';
import type { ServiceDefinition } from '../../services/definition/definition.ts';

/** Path of this module, for `--service`. */
export const LONG_RECORDS = fileURLToPath(import.meta.url);

/** Characters of one to four bytes: any cut is likely to split one of them. */
const CHARACTERS = 'aü€😀';

/** 200 KB: more than three times the capacity of a pipe, so that no such record arrives in one chunk. */
const LONG_TEXT = CHARACTERS.repeat(20_000);

/** A service of the soak alone, with few but long records. */
const definition: ServiceDefinition = {
  name: 'verbose',
  logName: 'VerboseService',
  dependsOn: [],
  steps: {},
  background: {
    perPage: 1,
    good: [{ level: 'INFO', text: `long record: ${LONG_TEXT}` }],
    bad: [{ level: 'WARNING', cause: 'record_too_short', text: `short record: ${CHARACTERS}` }],
  },
};

export default definition;

/** After this signal the service hangs when it is asked to stop, so that there is time for a second Ctrl-C. */
export const IGNORE_STOP_SIGNAL = 'SIGUSR2';

function hang(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

// The supervisor imports this module too, for the definition, and so does the soak.
if (process.send && process.argv[2] === definition.name) {
  process.once(IGNORE_STOP_SIGNAL, () => {
    process.prependListener('SIGTERM', hang);
    process.prependListener('message', (message) => {
      if ((message as { readonly type?: string }).type === 'stop') hang();
    });
  });
}
