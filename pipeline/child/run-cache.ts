import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Run, runSchema } from "../run-result.ts";
import { readEntry, writeEntry } from "./cache-entry.ts";

/** Finished runs by their key: one file each, `<key>.json`. Used by the child only. */
export interface RunCache {
  get(key: string): Run | null;
  set(run: Run): void;
}

/** Keeps runs in `folder`; null keeps none. The key names the engine too, so no run of another one is ever found. */
export function openRunCache(folder: string | null): RunCache {
  if (folder === null) return { get: () => null, set: () => {} };
  const file = (key: string) => join(folder, `${key}.json`);
  return {
    get: (key) => {
      const { data: run } = runSchema.safeParse(readEntry(file(key)));
      return run?.key === key ? run : null;
    },
    set: (run) => {
      try {
        mkdirSync(folder, { recursive: true });
      } catch {
        return;
      }
      writeEntry(file(run.key), run);
    },
  };
}
