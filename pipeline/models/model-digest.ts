import { createHash } from "node:crypto";
import type { ModelFile } from "../run.ts";

/** SHA-256 of a model file's canonical JSON, as 64 hex characters: equal models have equal digests. */
export function modelDigest(model: ModelFile): string {
  return createHash("sha256").update(toCanonicalJson(model)).digest("hex");
}

/**
 * JSON with sorted keys and no spaces, so that equal values are equal bytes. Numbers keep every bit.
 * Throws on NaN and infinities, which JSON would silently turn into null.
 */
export function toCanonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "number" && !Number.isFinite(part)) throw new Error(`${part} cannot be written as JSON`);
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
