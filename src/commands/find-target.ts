import { closestName } from "../../pipeline/experiment/closest-name.ts";
import type { Conversation } from "./conversation.ts";

/** What a command is about: a check, perhaps only one of its findings. */
export type Target = { check: string; fingerprint: string | null };

interface Named {
  check: string;
  fingerprint: string;
}

/**
 * Finds what a person named: a check by its id, or a finding by at least six characters of its fingerprint.
 *
 * @param findings those that may be meant
 * @returns a sentence when there is no such thing
 */
export function findTarget(
  written: string,
  checks: Conversation["checks"],
  findings: readonly Named[],
): Target | string {
  const name = written.toLowerCase();
  if (checks.has(name)) return { check: name, fingerprint: null };
  const shown = `\`${written.replaceAll("`", "").slice(0, 60)}\``;
  if (!/^[0-9a-f]{6,16}$/.test(name)) {
    const closest = closestName(written, checks.keys());
    const remedy =
      closest === null ? `The checks are ${[...checks.keys()].join(", ")}.` : `Did you mean \`${closest}\`?`;
    return `There is no check ${shown}. ${remedy}`;
  }
  const meant = new Map(
    findings.filter(({ fingerprint }) => fingerprint.startsWith(name)).map((one) => [one.fingerprint, one]),
  );
  if (meant.size > 1) return `Several findings start with ${shown}. Write more of the fingerprint.`;
  const [found] = meant.values();
  if (found === undefined)
    return `There is no finding ${shown} here. \`/modelsync explain CHECK\` lists those of a check.`;
  return { check: found.check, fingerprint: found.fingerprint };
}
