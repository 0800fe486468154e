import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

export interface CacheLimits {
  bytes: number;
  days: number;
}

/** What the caches of a server may hold together. */
export const serverCacheLimits: CacheLimits = { bytes: 4 * 1024 ** 3, days: 30 };

/** What the command line keeps inside one repository's git folder, or of one GitHub. */
export const localCacheLimits: CacheLimits = { bytes: 500 * 1024 ** 2, days: 90 };

/**
 * Removes entries of caches that were written too long ago, then the oldest until the rest is within its size. Follows no
 * links and leaves alone what has not the name of an entry, because a person may have chosen the folder. Never fails: what can't be looked at or removed stays, and whoever reads a removed entry makes it again.
 *
 * @returns how many files were removed
 */
export async function pruneCache(folders: string[], limits: CacheLimits, now = Date.now()): Promise<number> {
  const files = (await Promise.all(folders.map(listFiles))).flat().sort((a, b) => b.written - a.written);
  let kept = 0;
  let removed = 0;
  for (const { path, size, written } of files) {
    const tooOld = now - written > limits.days * 86_400_000;
    if (!tooOld && kept + size <= limits.bytes) kept += size;
    else
      removed += await rm(path).then(
        () => 1,
        () => 0,
      );
  }
  return removed;
}

/** Entries are called by a digest; what was cut off while it was written has something behind it. */
const entryName = /^[0-9a-f]{40,64}(?:\..+)?$/;

interface CachedFile {
  path: string;
  size: number;
  written: number;
}

async function listFiles(folder: string): Promise<CachedFile[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files: CachedFile[] = [];
  for (const entry of entries) {
    if (!entry.isFile() || !entryName.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const found = await stat(path).catch(() => null);
    if (found !== null) files.push({ path, size: found.size, written: found.mtimeMs });
  }
  return files;
}
