import type { Account } from "../model.ts";
import { nodeId, type World } from "../state.ts";

/** An account as REST and webhooks show it. */
export function presentAccount(world: World, account: Account): Record<string, unknown> {
  const api = `${world.url}/users/${encodeURIComponent(account.login)}`;
  const kind = { User: "U", Organization: "O", Bot: "BOT" }[account.type];
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(kind, account.id),
    avatar_url: `${world.url}/avatars/${account.id}`,
    gravatar_id: "",
    url: api,
    html_url: `${world.url}/${encodeURIComponent(account.login)}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
}

export function presentNullable(world: World, account: Account | null): Record<string, unknown> | null {
  return account ? presentAccount(world, account) : null;
}

/** The short form that webhook payloads give an organization. */
export function presentOrganization(world: World, account: Account): Record<string, unknown> {
  const api = `${world.url}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("O", account.id),
    url: api,
    repos_url: `${api}/repos`,
    events_url: `${api}/events`,
    hooks_url: `${api}/hooks`,
    issues_url: `${api}/issues`,
    members_url: `${api}/members{/member}`,
    public_members_url: `${api}/public_members{/member}`,
    avatar_url: `${world.url}/avatars/${account.id}`,
    description: null,
  };
}

/** An organization by itself. */
export function presentOrganizationProfile(world: World, account: Account): Record<string, unknown> {
  return {
    ...presentOrganization(world, account),
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: [...world.state.repositories.values()].filter((one) => one.owner === account && !one.private).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: `${world.url}/${account.login}`,
    type: "Organization",
    created_at: account.createdAt,
    updated_at: account.createdAt,
    archived_at: null,
  };
}

/** What an organization shows to its owners: settings that change nothing here, as GitHub has them for a new one. */
export function presentOrganizationSettings(world: World, account: Account): Record<string, unknown> {
  const owned = [...world.state.repositories.values()].filter((one) => one.owner === account && one.private).length;
  const members = account.members.size;
  return {
    is_verified: false,
    total_private_repos: owned,
    owned_private_repos: owned,
    private_gists: 0,
    disk_usage: 0,
    collaborators: 0,
    billing_email: null,
    default_repository_permission: "read",
    members_can_create_repositories: true,
    two_factor_requirement_enabled: false,
    members_allowed_repository_creation_type: "all",
    members_can_create_public_repositories: true,
    members_can_create_private_repositories: true,
    members_can_create_internal_repositories: false,
    members_can_create_pages: true,
    members_can_create_public_pages: true,
    members_can_create_private_pages: true,
    members_can_fork_private_repositories: false,
    web_commit_signoff_required: false,
    plan: { name: "free", space: 976562499, private_repos: 10000, filled_seats: members, seats: 0 },
  };
}

/** The public profile, and with `own` the fields only the person sees. */
export function presentProfile(world: World, account: Account, own: boolean): Record<string, unknown> {
  const profile = {
    ...presentAccount(world, account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: [...world.state.repositories.values()].filter((one) => one.owner === account && !one.private).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  };
  if (!own) return profile;
  return {
    ...profile,
    private_gists: 0,
    total_private_repos: 0,
    owned_private_repos: 0,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: true,
  };
}
