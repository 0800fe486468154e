import { expect, it } from "vitest";
import { whyNotWaive } from "../../src/entitlement/may-waive.ts";
import type { Role } from "../../src/entitlement/role.ts";
import type { WaiverRules } from "../../src/policy/policy.ts";

const named =
  "Only a maintainer of this repository (role maintain or admin) may waive. Ask one of them to write the same.";
const writers = "Only somebody who may write to this repository may waive. Ask one of them to write the same.";
const own =
  "Nobody waives on a pull request of their own. Ask a maintainer of this repository (role maintain or admin) who did not open it to write the same.";

it.each<[Role, "author" | "other", Partial<WaiverRules>, string | null]>([
  ["admin", "other", {}, null],
  ["maintain", "other", {}, null],
  ["write", "other", {}, named],
  ["read", "other", {}, named],
  ["none", "other", {}, named],
  ["admin", "author", {}, own],
  ["read", "author", {}, named],
  ["admin", "author", { neverAuthor: false }, null],
  ["write", "author", { neverAuthor: false }, named],
  ["write", "other", { by: ["writers"] }, null],
  ["maintain", "other", { by: ["writers"] }, null],
  ["read", "other", { by: ["writers", "maintainers"] }, writers],
])("%s, %s, %j", (role, who, different, expected) => {
  const rules: WaiverRules = { by: ["maintainers"], neverAuthor: true, maxDays: 90, byTick: true, ...different };
  expect(whyNotWaive(rules, { login: "grace", role, isAuthor: who === "author" })).toBe(expected);
});
