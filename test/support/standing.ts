import { type CodeOwnersFile, parseCodeOwners } from "../../src/entitlement/code-owners.ts";
import type { Membership, Standing } from "../../src/entitlement/standing.ts";

/** Somebody in no team, in the organization `acme`, with one thing different. */
export function aStanding({
  memberships = {},
  ...different
}: Partial<Omit<Standing, "memberships">> & { memberships?: Record<string, Membership> } = {}): Standing {
  return {
    organization: "acme",
    codeOwners: { state: "not-asked" },
    ...different,
    memberships: new Map(Object.entries(memberships)),
  };
}

/** A CODEOWNERS file with this text, in which GitHub finds nothing wrong. */
export function owners(text: string): CodeOwnersFile {
  return { state: "read", ...parseCodeOwners(".github/CODEOWNERS", text, []) };
}
