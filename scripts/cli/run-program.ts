import { UserError } from '../../shared/errors.ts';

/**
 * Runs a program with the arguments it was started with. A user's mistake becomes one line on stderr and its exit
 * status; anything else a stack trace and exit status 1.
 */
export function runProgram(program: (args: readonly string[]) => Promise<void>): void {
  program(withoutSeparator(process.argv.slice(2))).catch((error: unknown) => {
    const isMistake = error instanceof UserError;
    process.stderr.write(`${isMistake ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(isMistake ? error.exitStatus : 1);
  });
}

/** The arguments without a leading `--`: npm removes the one before the options, pnpm and yarn pass it on. */
export function withoutSeparator(args: readonly string[]): readonly string[] {
  return args[0] === '--' ? args.slice(1) : args;
}
