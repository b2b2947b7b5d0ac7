import { UserError } from '../../shared/errors.ts';

/**
 * Runs a program with the arguments of this process. For a user's mistake, prints its message and exits with its
 * status; for any other error, prints its stack and exits with 1.
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
