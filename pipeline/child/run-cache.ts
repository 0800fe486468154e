import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "../run.ts";

/** Finished runs by their key: one file each, `<key>.json`. Used by the child only. */
export interface RunCache {
  get(key: string): Run | null;
  set(run: Run): void;
}

/**
 * Keeps runs in `folder`; null keeps none. An entry begins with the SHA-256 of the rest, so a cut or damaged one counts
 * as none and is written again. Entries are written beside their place and renamed: a reader, also one in another
 * process, sees a whole entry or none. A cache that cannot be written only costs time.
 */
export function openRunCache(folder: string | null): RunCache {
  if (folder === null) return { get: () => null, set: () => {} };
  return {
    get: (key) => {
      try {
        const written = readFileSync(join(folder, `${key}.json`), "utf8");
        const content = written.slice(65);
        if (written.slice(0, 64) !== sha256(content)) return null;
        const run = JSON.parse(content) as Run;
        return run.key === key ? run : null;
      } catch {
        return null;
      }
    },
    set: (run) => {
      const content = JSON.stringify(run);
      const file = join(folder, `${run.key}.json`);
      const part = `${file}.${process.pid}.part`;
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(part, `${sha256(content)}\n${content}`);
        renameSync(part, file);
      } catch {
        removeQuietly(part);
      }
    },
  };
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // What could not be written cannot always be removed either.
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
