import { notFound } from "../errors.ts";
import { presentOrganizationProfile, presentOrganizationSettings, presentProfile } from "../present/account.ts";
import { ok, route } from "./route.ts";

export const userRoutes = [
  route("GET /user", { app: "never" }, (call) => ok(presentProfile(call.world, call.account, true))),
  route("GET /users/{username}", { app: [] }, (call) =>
    ok(presentProfile(call.world, call.accountNamed("username"), false)),
  ),
  route("GET /orgs/{org}", { app: [] }, (call) => {
    const account = call.accountNamed("org");
    if (account.type !== "Organization") throw notFound();
    const owns = call.actor.kind === "user" && account.members.get(call.account.id) === "admin";
    const settings = owns ? presentOrganizationSettings(call.world, account) : {};
    return ok({ ...presentOrganizationProfile(call.world, account), ...settings });
  }),
];
