/**
 * What Node itself writes to stderr when a debugger is attached to a process (`kill -USR1`, `--inspect`): no words of
 * the service, and no error.
 */
const INSPECTOR_LINES = [
  /^Debugger listening on ws:\/\/\S+$/,
  /^For help, see: https:\/\/nodejs\.org\/\S*inspector$/,
  /^Debugger attached\.$/,
  /^Debugger ending on ws:\/\/\S+$/,
  /^Waiting for the debugger to disconnect\.\.\.$/,
];

/** Whether a line of stderr comes from Node's inspector. */
export function isFromInspector(line: string): boolean {
  return INSPECTOR_LINES.some((form) => form.test(line));
}
