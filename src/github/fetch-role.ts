import type { Role } from "../entitlement/role.ts";
import { isStatus } from "./is-status.ts";
import type { RepositoryReader } from "./octokit.ts";

/**
 * What a person may do in the repository now, teams and organization included. What GitHub calls an association does not tell:
 * a member of an organization may only read. A role that an organization made counts as the one of GitHub's that it is built on.
 */
export async function fetchRole({ octokit, owner, name }: RepositoryReader, login: string): Promise<Role> {
  try {
    const place = { owner, repo: name, username: login };
    const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel(place);
    const rights = data.user?.permissions;
    if (data.permission === "admin") return "admin";
    if (rights?.maintain === true || data.role_name === "maintain") return "maintain";
    if (data.permission === "write") return "write";
    return data.permission === "read" ? "read" : "none";
  } catch (error) {
    // Nobody is called so any more.
    if (isStatus(error, 404)) return "none";
    throw error;
  }
}
