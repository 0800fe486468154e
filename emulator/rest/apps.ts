import { randomBytes } from "node:crypto";
import { found, notFound, refuseIf } from "../errors.ts";
import type { Installation, InstallationToken, Level } from "../model.ts";
import { presentApp, presentInstallation } from "../present/app.ts";
import { presentRepository } from "../present/repository.ts";
import { suspend, uninstall } from "../seed.ts";
import { covers } from "../state.ts";
import { repositoriesOf } from "../webhooks/announce.ts";
import { type Call, created, noContent, ok, route } from "./route.ts";

const jwt = { app: "jwt" } as const;

/** The installations of the App that calls. */
function installations({ world, app }: Call): Installation[] {
  return [...world.state.installations.values()].filter((one) => one.app === app);
}

function installationOf(call: Call): Installation {
  return found(installations(call).find(({ id }) => id === call.number("installation_id")));
}

function issueToken(call: Call) {
  const { world, body } = call;
  const installation = installationOf(call);
  refuseIf(installation.suspendedAt, 403, "This installation has been suspended");
  const permissions = narrowPermissions(installation, body?.permissions);
  const reachable = repositoriesOf(world, installation);
  const wanted: string[] = body?.repositories ?? [];
  const wantedIds: number[] = body?.repository_ids ?? [];
  const chosen = reachable.filter(({ id, name }) => wantedIds.includes(id) || wanted.includes(name));
  refuseIf(
    chosen.length < wanted.length + wantedIds.length,
    422,
    "There is at least one repository that does not exist or is not accessible to the parent installation.",
  );
  const narrowed = wanted.length + wantedIds.length > 0;
  const expiresAt = Date.now() + 3_600_000;
  const token: InstallationToken = {
    token: `ghs_${randomBytes(18).toString("hex")}`,
    installation,
    permissions,
    repositories: narrowed ? new Set(chosen.map(({ id }) => id)) : null,
    validFrom: Date.now() + world.state.tokenLag,
    expiresAt,
  };
  world.state.installationTokens.set(token.token, token);
  const selected = narrowed || installation.repositories !== null;
  return created({
    token: token.token,
    expires_at: new Date(expiresAt).toISOString().replace(/\.\d{3}/, ""),
    permissions: { metadata: "read", ...permissions },
    repository_selection: selected ? "selected" : "all",
    ...(narrowed ? { repositories: chosen.map((one) => presentRepository(world, one)) } : {}),
  });
}

function narrowPermissions(installation: Installation, wanted: Record<string, Level> | undefined) {
  if (!wanted) return installation.permissions;
  for (const [name, level] of Object.entries(wanted)) {
    const held = name === "metadata" ? "read" : installation.permissions[name];
    refuseIf(
      held !== "write" && held !== level,
      422,
      "The permissions requested are not granted to this installation.",
    );
  }
  return wanted;
}

function setSuspended(call: Call, suspended: boolean) {
  suspend(call.world, installationOf(call), suspended);
  return noContent;
}

function findInstallation(call: Call, matches: (installation: Installation) => boolean) {
  return ok(presentInstallation(call.world, found(installations(call).find(matches))));
}

export const appRoutes = [
  route("GET /app", jwt, (call) =>
    ok({ ...presentApp(call.world, call.app), installations_count: installations(call).length }),
  ),
  route("GET /app/installations", jwt, (call) =>
    call.page(installations(call), (one) => presentInstallation(call.world, one)),
  ),
  route("GET /app/installations/{installation_id}", jwt, (call) =>
    ok(presentInstallation(call.world, installationOf(call))),
  ),
  route("DELETE /app/installations/{installation_id}", jwt, (call) => {
    uninstall(call.world, installationOf(call));
    return noContent;
  }),
  route("POST /app/installations/{installation_id}/access_tokens", jwt, issueToken),
  route("PUT /app/installations/{installation_id}/suspended", jwt, (call) => setSuspended(call, true)),
  route("DELETE /app/installations/{installation_id}/suspended", jwt, (call) => setSuspended(call, false)),
  route("GET /repos/{owner}/{repo}/installation", jwt, (call) =>
    findInstallation(call, (one) => covers(one, call.repository)),
  ),
  route("GET /orgs/{org}/installation", jwt, (call) =>
    findInstallation(call, (one) => one.account.login === call.param("org")),
  ),
  route("GET /users/{username}/installation", jwt, (call) =>
    findInstallation(call, (one) => one.account.login === call.param("username")),
  ),
  route("GET /apps/{app_slug}", { app: [] }, (call) => {
    const app = [...call.world.state.apps.values()].find(({ slug }) => slug === call.param("app_slug"));
    return ok(presentApp(call.world, found(app)));
  }),
  route("GET /installation/repositories", { app: ["metadata:read"], person: "never" }, (call) => {
    if (call.actor.kind !== "installation") throw notFound();
    const { installation, repositories } = call.actor.token;
    const all = repositoriesOf(call.world, installation).filter(({ id }) => !repositories || repositories.has(id));
    return call.page(
      all,
      (one) => presentRepository(call.world, one),
      (shown) => ({
        total_count: all.length,
        repository_selection: installation.repositories ? "selected" : "all",
        repositories: shown,
      }),
    );
  }),
];
