/** What came of importing a module, as the process that did it writes it. */
export type ModuleAnswer =
  /** Its default export, which is plain data; nothing when it has none. */
  | { readonly type: 'definition'; readonly definition?: unknown }
  /** What is wrong with its default export, which is no plain data, with the path to it. */
  | { readonly type: 'fault'; readonly fault: string }
  /** It was thrown while the module was imported. One line. */
  | { readonly type: 'error'; readonly error: string };

/** The file descriptor to which that process writes its answer as JSON: what the module prints cannot get into it. */
export const ANSWER_FD = 3;
