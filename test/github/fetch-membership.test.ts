import { expect, it } from "vitest";
import type { Membership } from "../../src/entitlement/standing.ts";
import { fetchMembership } from "../../src/github/fetch-membership.ts";
import { type Exchange, playGitHub } from "../support/github.ts";
import { aRepositoryClient } from "../support/repository-client.ts";

const get = (path: string, status: number, body: object = {}): Exchange => ({ method: "GET", path, status, body });
const membership = (status: number, state?: string) =>
  get("/orgs/acme/teams/data/memberships/grace", status, { url: "https://x", role: "member", state });
const team = (status: number) => get("/orgs/acme/teams/data", status);

it.each<[string, Exchange[], Membership]>([
  ["is in the team", [membership(200, "active")], "member"],
  ["is invited and has not accepted", [membership(200, "pending")], "other"],
  ["is not in it", [membership(404), team(200)], "other"],
  ["is asked for in a team that is not there", [membership(404), team(404)], "no-team"],
  ["can't be asked for", [membership(403)], "unreadable"],
  ["can't be asked for, which shows at the team alone", [membership(404), team(403)], "unreadable"],
])("says when somebody %s", async (_, exchanges, expected) => {
  let found: Membership | null = null;
  await playGitHub(exchanges, async () => {
    found = await fetchMembership(aRepositoryClient(), "data", "grace");
  });
  expect(found).toBe(expected);
});

it("fails where GitHub does, so that it is tried again", async () => {
  await playGitHub([membership(502)], async () => {
    await expect(fetchMembership(aRepositoryClient(), "data", "grace")).rejects.toThrow();
  });
});
