import type { Account, Team } from "../model.ts";
import { nodeId } from "../state.ts";
import { type Context, needOfOrganization } from "./context.ts";

const kinds = { User: "U", Organization: "O", Bot: "BOT" };

/** An account. GraphQL names a bot without the `[bot]` of REST. */
export function showAccount({ world }: Context, account: Account) {
  const login = account.type === "Bot" ? account.login.replace(/\[bot\]$/, "") : account.login;
  return {
    __typename: account.type,
    id: nodeId(kinds[account.type], account.id),
    databaseId: account.id,
    login,
    name: account.name,
    url: `${world.url}/${encodeURIComponent(account.login)}`,
    resourcePath: `/${encodeURIComponent(account.login)}`,
    avatarUrl: `${world.url}/avatars/${account.id}`,
  };
}

export function showNullable(context: Context, account: Account | null) {
  return account ? showAccount(context, account) : null;
}

/** A team. What it is may be known to anybody; what it is called, only to Apps that may read the organization's members. */
export function showTeam(context: Context, team: Team) {
  const { world } = context;
  const { organization, slug } = team;
  const told = (value: unknown) => () => {
    needOfOrganization(context, organization, "members");
    return value;
  };
  return {
    __typename: "Team",
    id: nodeId("T", team.id),
    databaseId: team.id,
    name: told(team.name),
    slug: told(slug),
    combinedSlug: told(`${organization.login}/${slug}`),
    description: told(team.description),
    url: `${world.url}/orgs/${organization.login}/teams/${slug}`,
  };
}
