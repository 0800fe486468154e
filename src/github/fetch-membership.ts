import type { Membership } from "../entitlement/standing.ts";
import { isStatus } from "./is-status.ts";
import type { RepositoryReader } from "./octokit.ts";

/**
 * Whether somebody is in a team of the repository's organization now, or in a team in it: GitHub counts those as well. Whoever
 * was invited and has not accepted is not.
 */
export async function fetchMembership(
  { octokit, owner }: RepositoryReader,
  slug: string,
  login: string,
): Promise<Membership> {
  const team = { org: owner, team_slug: slug };
  try {
    const { data } = await octokit.rest.teams.getMembershipForUserInOrg({ ...team, username: login });
    return data.state === "active" ? "member" : "other";
  } catch (error) {
    if (isStatus(error, 403)) return "unreadable";
    if (!isStatus(error, 404)) throw error;
  }
  // The same answer is given for a person who is not in it and for a team that is not there.
  try {
    await octokit.rest.teams.getByName(team);
    return "other";
  } catch (error) {
    if (isStatus(error, 403)) return "unreadable";
    if (isStatus(error, 404)) return "no-team";
    throw error;
  }
}
