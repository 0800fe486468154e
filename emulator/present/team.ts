import type { Team } from "../model.ts";
import { nodeId, type World } from "../state.ts";
import { membersOf } from "../team-members.ts";
import { presentOrganizationProfile } from "./account.ts";

/** A team as lists and webhooks show it. */
export function presentTeam(world: World, team: Team): Record<string, unknown> {
  return { ...presentSimpleTeam(world, team), parent: team.parent && presentSimpleTeam(world, team.parent) };
}

function presentSimpleTeam(world: World, team: Team): Record<string, unknown> {
  const { organization, slug } = team;
  const url = `${world.url}/orgs/${organization.login}/teams/${slug}`;
  return {
    id: team.id,
    node_id: nodeId("T", team.id),
    url,
    html_url: `${world.url}/orgs/${organization.login}/teams/${slug}`,
    name: team.name,
    slug,
    description: team.description,
    privacy: team.privacy,
    notification_setting: "notifications_enabled",
    permission: "pull",
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: "organization",
    organization_id: organization.id,
  };
}

/** A team by itself. */
export function presentTeamInFull(world: World, team: Team): Record<string, unknown> {
  return {
    ...presentTeam(world, team),
    created_at: team.createdAt,
    updated_at: team.createdAt,
    members_count: membersOf(team).size,
    repos_count: team.repositories.size,
    organization: presentOrganizationProfile(world, team.organization),
  };
}
