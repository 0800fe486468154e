import { createHash } from "node:crypto";

/**
 * Names a finding across pushes: 16 hex characters of the SHA-256 of what it is about (check, model, metric, slice,
 * column, issue …), never of what was measured.
 */
export function fingerprint(...about: (string | number | null | undefined)[]): string {
  return createHash("sha256")
    .update(JSON.stringify(about.map((part) => part ?? null)))
    .digest("hex")
    .slice(0, 16);
}
