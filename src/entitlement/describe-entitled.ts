import { parseTeam } from "../policy/group.ts";
import { type CodeOwnersFile, ownersOf } from "./code-owners.ts";
import { type Standing, teamKey } from "./standing.ts";

/** What is shown of a list; the rest is counted. */
const shown = 5;

/**
 * Whom groups name, as words with code between backticks: `a maintainer of this repository (role maintain or admin) or a
 * member of `@acme/data``. Null: nobody.
 *
 * @param paths files that it is about; null: that is not known yet
 */
export function describeEntitled(
  groups: readonly string[],
  standing: Standing,
  paths: readonly string[] | null,
): string | null {
  const roles = groups.includes("writers")
    ? ["somebody who may write to this repository"]
    : groups.includes("maintainers")
      ? ["a maintainer of this repository (role maintain or admin)"]
      : [];
  const teams = groups.filter((group) => isOwnTeam(group, standing)).map((team) => `a member of ${code(team)}`);
  const owners = groups.includes("CODEOWNERS") ? describeOwners(standing.codeOwners, paths) : [];
  return joinOr([...roles, ...teams, ...owners]);
}

/** Why groups name nobody or fewer people than they seem to, one sentence each with code between backticks. */
export function describeGaps(groups: readonly string[], standing: Standing, paths: readonly string[] | null): string[] {
  const owners = groups.includes("CODEOWNERS") ? ownerGaps(standing.codeOwners, paths) : [];
  return [...teamGaps(groups, standing), ...owners];
}

function isOwnTeam(written: string, { organization, memberships }: Standing): boolean {
  const team = parseTeam(written);
  if (team === null || team.organization.toLowerCase() !== organization.toLowerCase()) return false;
  return memberships.get(teamKey(team)) !== "no-team";
}

function teamGaps(groups: readonly string[], { organization, memberships }: Standing): string[] {
  const teams = groups.flatMap((written) => parseTeam(written) ?? []);
  const gaps = teams.flatMap((team) => {
    const name = code(`@${team.organization}/${team.slug}`);
    if (team.organization.toLowerCase() !== organization.toLowerCase()) {
      return [`${name} is no team of ${code(organization)}, so nobody is named by it.`];
    }
    return memberships.get(teamKey(team)) === "no-team"
      ? [`There is no team ${name} that this App can see. Somebody who maintains the policy must correct it.`]
      : [];
  });
  if (![...memberships.values()].includes("unreadable")) return gaps;
  const remedy = `An owner of ${code(organization)} must accept the App's new permission (members: read) in the organization's settings.`;
  return [
    ...gaps,
    `Who is in a team of ${code(organization)} can't be read. ${remedy} Write the same again ten minutes later.`,
  ];
}

function describeOwners(file: CodeOwnersFile, paths: readonly string[] | null): string[] {
  if (paths === null || file.state === "not-asked") return ["an owner, by CODEOWNERS, of every file that it is about"];
  if (file.state !== "read") return [];
  const owned = paths.map((path) => ({ path, owners: ownersOf(file, path)?.owners ?? [] }));
  if (owned.length === 0 || owned.some(({ owners }) => owners.length === 0)) return [];
  const each = owned.slice(0, shown).map(({ path, owners }) => `${code(path)} (${listOf(owners.map(code))})`);
  const more = owned.length > shown ? ` and ${owned.length - shown} more` : "";
  return [`an owner of ${owned.length > 1 ? "each of " : ""}${each.join(", ")}${more}`];
}

function ownerGaps(file: CodeOwnersFile, paths: readonly string[] | null): string[] {
  if (file.state === "not-asked") return [];
  if (file.state === "absent") return ["The base branch has no CODEOWNERS file, so it names nobody."];
  if (file.state === "too-large") return [`${code(file.path)} is larger than 3 MB, so GitHub does not load it.`];
  if (file.state === "no-text") return [`${code(file.path)} is no text, so it names nobody.`];
  const noPaths = paths?.length === 0 ? ["This is about no file, so CODEOWNERS names nobody for it."] : [];
  const unowned = (paths ?? []).filter((path) => (ownersOf(file, path)?.owners ?? []).length === 0);
  const nobody = unowned.length === 0 ? [] : [`CODEOWNERS names nobody who counts for ${listOf(unowned.map(code))}.`];
  const problems = file.problems
    .slice(0, shown)
    .map(({ line, message }) => `Line ${line} of ${code(file.path)}: ${message}.`);
  const left = file.problems.length - problems.length;
  return [...noPaths, ...nobody, ...problems, ...(left > 0 ? [`${code(file.path)} has ${left} more problems.`] : [])];
}

function listOf(names: readonly string[]): string {
  const left = names.length - shown;
  return `${names.slice(0, shown).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

function joinOr(parts: readonly string[]): string | null {
  if (parts.length < 2) return parts[0] ?? null;
  return `${parts.slice(0, -1).join(", ")} or ${parts.at(-1)}`;
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'").slice(0, 200)}\``;
}
