import { parseTeam } from "../policy/group.ts";
import { ownersOf } from "./code-owners.ts";
import { isAtLeast, type Person, type Role } from "./role.ts";
import { type Standing, teamKey } from "./standing.ts";

const leastRoles: Readonly<Record<string, Role>> = { maintainers: "maintain", writers: "write" };

/** Whether one of the groups names somebody by their role in the repository alone. */
export function isEntitledByRole(groups: readonly string[], { role }: Pick<Person, "role">): boolean {
  return groups.some((group) => Object.hasOwn(leastRoles, group) && isAtLeast(role, leastRoles[group]!));
}

/** Whether somebody is in one of the teams that the groups name. */
export function isInNamedTeam(groups: readonly string[], standing: Standing): boolean {
  return groups.some((group) => isMember(group, standing));
}

/**
 * Whether one of the groups names somebody. Says nothing of whose pull request it is.
 *
 * @param paths files that it is about: by CODEOWNERS somebody is named who owns each; where there are none, nobody
 */
export function isEntitled(
  groups: readonly string[],
  person: Person,
  standing: Standing,
  paths: readonly string[],
): boolean {
  if (isEntitledByRole(groups, person) || isInNamedTeam(groups, standing)) return true;
  if (!groups.includes("CODEOWNERS") || !isAtLeast(person.role, "write")) return false;
  return paths.length > 0 && paths.every((path) => isOwner(person, standing, path));
}

function isOwner({ login }: Person, standing: Standing, path: string): boolean {
  const { codeOwners } = standing;
  if (codeOwners.state !== "read") return false;
  const owners = ownersOf(codeOwners, path)?.owners ?? [];
  return owners.some((owner) => owner.toLowerCase() === `@${login.toLowerCase()}` || isMember(owner, standing));
}

/** Only an organization's own teams count. */
function isMember(written: string, { organization, memberships }: Standing): boolean {
  const team = parseTeam(written);
  if (team === null || team.organization.toLowerCase() !== organization.toLowerCase()) return false;
  return memberships.get(teamKey(team)) === "member";
}

/** Teams whose members could be entitled, of the repository's organization. */
export function teamsToAsk(groups: readonly string[], standing: Standing, paths: readonly string[]): string[] {
  const { codeOwners, organization } = standing;
  const byPath = groups.includes("CODEOWNERS") && codeOwners.state === "read" ? paths : [];
  const owners = codeOwners.state === "read" ? byPath.flatMap((path) => ownersOf(codeOwners, path)?.owners ?? []) : [];
  const named = [...groups, ...owners].flatMap((written) => parseTeam(written) ?? []);
  const own = named.filter((team) => team.organization.toLowerCase() === organization.toLowerCase());
  return [...new Set(own.map(({ slug }) => slug.toLowerCase()))];
}
