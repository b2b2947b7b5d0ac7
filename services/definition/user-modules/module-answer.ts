/** The result of importing a module, as the process that did it writes it. */
export type ModuleAnswer =
  /** Its default export, which is plain data; missing when it has none. */
  | { readonly type: 'definition'; readonly definition?: unknown }
  /** What in its default export is not plain data, with the path to it. */
  | { readonly type: 'fault'; readonly fault: string }
  /** What the import threw. One line. */
  | { readonly type: 'error'; readonly error: string };

/** The file descriptor to which that process writes its answer as JSON, separate from what the module prints. */
export const ANSWER_FD = 3;
