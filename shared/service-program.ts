/** How to start the process of one service: everything that the supervisor knows about a service. */
export interface ServiceProgram {
  /** Short name, as in commands: `api`. */
  readonly name: string;
  /** Name in the log: `ApiService`. */
  readonly logName: string;
  /** The JavaScript file that the child process runs. */
  readonly file: string;
  readonly args: readonly string[];
  /** Content of its stdin. Default: empty. */
  readonly input?: string | undefined;
}
