import { createHash } from "node:crypto";

/**
 * SHA-256 over the sorted row keys of a hold-out: the same rows give the same digest in any order, so every pull request
 * that was judged by this hold-out can be counted. Each key is preceded by its length, so that no two sets look alike.
 *
 * @example holdoutDigest(["b#0", "a#0"]) === holdoutDigest(["a#0", "b#0"]); // true
 */
export function holdoutDigest(keys: readonly string[]): string {
  const hash = createHash("sha256");
  for (const key of keys.toSorted()) hash.update(`${key.length} ${key}\n`);
  return hash.digest("hex");
}
