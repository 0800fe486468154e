import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it. Unlike `mkdir` with `recursive`, which never ends where the system answers "not
 * found" to a new folder (as /proc does), it fails there.
 *
 * @param path absolute
 */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  for (let at = path; !(await exists(at)); at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) await mkdir(folder).catch(unlessThere);
}

/** The root counts as existing, so that the walk ends. */
async function exists(path: string): Promise<boolean> {
  if (path === dirname(path)) return true;
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Somebody else may make the same folder at the same time. */
function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
