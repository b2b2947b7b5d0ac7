/** How the process of one service is started: what the supervisor knows of a service, and all that it knows. */
export interface ServiceProgram {
  /** Short name, as in commands: `api`. */
  readonly name: string;
  /** Name in the log: `ApiService`. */
  readonly logName: string;
  /** The JavaScript file that the child process runs. */
  readonly file: string;
  readonly args: readonly string[];
  /** What it reads from its stdin, which has nothing in it by default. */
  readonly input?: string | undefined;
}
