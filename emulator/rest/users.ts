import { notFound } from "../errors.ts";
import { presentOrganization, presentProfile } from "../present/account.ts";
import { ok, route } from "./route.ts";

export const userRoutes = [
  route("GET /user", { app: "never" }, (call) => ok(presentProfile(call.world, call.account, true))),
  route("GET /users/{username}", { app: [] }, (call) =>
    ok(presentProfile(call.world, call.accountNamed("username"), false)),
  ),
  route("GET /orgs/{org}", { app: [] }, (call) => {
    const account = call.accountNamed("org");
    if (account.type !== "Organization") throw notFound();
    const { description: _, ...organization } = presentOrganization(call.world, account);
    return ok({
      ...organization,
      description: null,
      has_organization_projects: true,
      has_repository_projects: true,
      public_repos: 0,
      public_gists: 0,
      followers: 0,
      following: 0,
      html_url: `${call.world.url}/${account.login}`,
      type: "Organization",
      created_at: account.createdAt,
      updated_at: account.createdAt,
      archived_at: null,
    });
  }),
];
