import type { LogEvent } from '../../supervisor/log/log.ts';

/** Records the events of a log file; `recovered` resolves when it can be written again. */
export function recordedEvents() {
  const events: string[] = [];
  let onRecovered = () => {};
  const recovered = new Promise<void>((resolve) => {
    onRecovered = resolve;
  });
  const logEvent: LogEvent = (level, message) => {
    events.push(`${level} ${message}`);
    if (message.includes('written again')) onRecovered();
  };
  return { events, logEvent, recovered };
}
