import type { Notify } from '../../supervisor/log/file/write-health.ts';

/** Records the notifications of a log file; `recovered` resolves when it reports that it can be written again. */
export function recordedNotifications() {
  const told: string[] = [];
  let onRecovered = () => {};
  const recovered = new Promise<void>((resolve) => {
    onRecovered = resolve;
  });
  const notify: Notify = (level, message) => {
    told.push(`${level} ${message}`);
    if (message.includes('written again')) onRecovered();
  };
  return { told, notify, recovered };
}
