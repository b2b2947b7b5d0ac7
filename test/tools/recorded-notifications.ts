import type { Notify } from '../../supervisor/log/file/write-health.ts';

/** Keeps what a log file tells of its troubles, and knows when they are over. */
export function recordedNotifications() {
  const told: string[] = [];
  let isWell = () => {};
  const recovered = new Promise<void>((resolve) => {
    isWell = resolve;
  });
  const notify: Notify = (level, message) => {
    told.push(`${level} ${message}`);
    if (message.includes('written again')) isWell();
  };
  return { told, notify, recovered };
}
