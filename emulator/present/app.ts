import type { App, Installation } from "../model.ts";
import { nodeId, type World } from "../state.ts";
import { presentAccount } from "./account.ts";

export function presentApp(world: World, app: App): Record<string, unknown> {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId("A", app.id),
    client_id: app.clientId,
    owner: presentAccount(world, app.owner),
    name: app.name,
    description: null,
    external_url: `${world.url}/apps/${app.slug}`,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: { metadata: "read", ...app.permissions },
    events: app.events,
  };
}

export function presentInstallation(world: World, installation: Installation): Record<string, unknown> {
  const { app, account } = installation;
  return {
    id: installation.id,
    client_id: app.clientId,
    account: presentAccount(world, account),
    repository_selection: installation.repositories ? "selected" : "all",
    access_tokens_url: `${world.url}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${world.url}/installation/repositories`,
    html_url: `${world.url}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: { metadata: "read", ...installation.permissions },
    events: installation.events,
    created_at: installation.createdAt,
    updated_at: installation.updatedAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspendedAt ? presentAccount(world, account) : null,
    suspended_at: installation.suspendedAt,
  };
}
