import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * The path of a file among the reference tables that are too large or not licensed to live in the repository, or undefined
 * when they are not on this machine. They are looked for in MODELSYNC_REFERENCE_DATA, else in ../shared/data.
 */
export function referenceData(path: string): string | undefined {
  const repository = resolve(import.meta.dirname, "../..");
  const file = join(process.env.MODELSYNC_REFERENCE_DATA ?? resolve(repository, "../shared/data"), path);
  return existsSync(file) ? file : undefined;
}
