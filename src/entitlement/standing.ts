import type { CodeOwnersFile } from "./code-owners.ts";

/**
 * What GitHub says of a person and a team. `other`: not in it. `no-team`: there is no such team, or the App can't see it.
 * `unreadable`: the organization has not let the App read who its members are.
 */
export type Membership = "member" | "other" | "no-team" | "unreadable";

/** What is known of a person beyond their role in the repository. */
export interface Standing {
  /** Login of the repository's owner. */
  organization: string;
  /** By `teamKey`. A team that was not asked is not in it. */
  memberships: ReadonlyMap<string, Membership>;
  /** Of the base branch. */
  codeOwners: CodeOwnersFile;
}

/** Logins and slugs are the same in every case of letters. */
export function teamKey({ organization, slug }: { organization: string; slug: string }): string {
  return `${organization}/${slug}`.toLowerCase();
}
