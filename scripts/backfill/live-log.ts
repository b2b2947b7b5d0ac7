/**
 * Refuses a file that a running fleet writes its log to. Awaited before a backfill opens a file and again before the
 * file takes its name.
 * @param _file absolute path, behind links
 */
export async function assertNotALiveLog(_file: string): Promise<void> {
  // Nothing is checked yet.
}
