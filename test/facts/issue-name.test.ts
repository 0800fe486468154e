import { expect, it } from "vitest";
import { issueName } from "../../src/facts/issue-name.ts";
import { aFacts } from "../support/facts.ts";

it.each<[owner: string, repo: string, name: string]>([
  ["acme", "ml", "#3"],
  ["Acme", "ML", "#3"],
  ["acme", "other", "acme/other#3"],
])("%s/%s is %s", (owner, repo, name) => {
  expect(issueName({ owner, repo, number: 3 }, aFacts())).toBe(name);
});
