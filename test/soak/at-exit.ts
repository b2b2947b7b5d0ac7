/** What has to be done if this process ends before its time: also by Ctrl-C, which runs no `finally`. */
const duties = new Set<() => unknown>();

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Has that done, synchronously, when this process ends. Returns how to do it now, and no more then; once is enough. */
export function atExit(cleanup: () => unknown): () => void {
  if (duties.size === 0) listen();
  duties.add(cleanup);
  return () => {
    if (!duties.delete(cleanup)) return;
    if (duties.size === 0) forget();
    cleanup();
  };
}

function listen(): void {
  process.on('exit', doAll);
  for (const signal of SIGNALS) process.on(signal, exit);
}

function forget(): void {
  process.off('exit', doAll);
  for (const signal of SIGNALS) process.off(signal, exit);
}

function exit(): void {
  process.exit(1);
}

function doAll(): void {
  for (const cleanup of [...duties].reverse()) cleanup();
}
