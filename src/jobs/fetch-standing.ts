import type { Command, Mistake } from "../commands/command.ts";
import type { SeenFinding } from "../commands/conversation.ts";
import { isEntitledByRole, teamsToAsk } from "../entitlement/is-entitled.ts";
import { isAtLeast, type Person } from "../entitlement/role.ts";
import { type Membership, type Standing, teamKey } from "../entitlement/standing.ts";
import { fetchCodeOwners } from "../github/fetch-code-owners.ts";
import { fetchMembership } from "../github/fetch-membership.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import type { RepositoryReader } from "../github/octokit.ts";

/** Each is a question to GitHub; a line of CODEOWNERS may name as many as it likes. */
const mostTeams = 20;

interface Asked {
  person: Person;
  commands: readonly Pick<Command | Mistake, "name">[];
  /** Who may waive, by the policy. */
  groups: readonly string[];
  findings: readonly SeenFinding[];
}

/** What GitHub says now of a person's teams and of the owners of files, as far as the commands ask for it. */
export async function fetchStanding(
  client: RepositoryReader,
  { repository, pullRequest }: FetchedPullRequest,
  { person, commands, groups, findings }: Asked,
): Promise<Standing> {
  const named = new Set(commands.map(({ name }) => name));
  const byRole = isEntitledByRole(groups, person);
  const waives = !byRole && (named.has("waive") || named.has("unwaive"));
  const mayOwn = waives && (person.isAuthor || isAtLeast(person.role, "write"));
  // Whoever may not write here is a stranger, unless a team that the policy names says otherwise.
  const isUnknown = !person.isAuthor && !isAtLeast(person.role, "write");
  const place = { ...client, owner: repository.owner, name: repository.name };
  const wantsOwners = groups.includes("CODEOWNERS") && (mayOwn || (named.has("explain") && !isUnknown));
  const standing: Standing = {
    organization: repository.owner,
    memberships: new Map(),
    codeOwners: wantsOwners ? await fetchCodeOwners(place, pullRequest.base.sha) : { state: "not-asked" },
  };
  // `explain` says who may: a team that is not there is nobody.
  if (!waives && !isUnknown && !named.has("explain")) return standing;
  const paths = findings.flatMap((finding) => finding.paths ?? []);
  const memberships = new Map<string, Membership>();
  for (const slug of teamsToAsk(groups, standing, [...new Set(paths)]).slice(0, mostTeams)) {
    const key = teamKey({ organization: repository.owner, slug });
    memberships.set(key, await fetchMembership(place, slug, person.login));
  }
  return { ...standing, memberships };
}
