import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { commandsDocs } from "../../scripts/commands-docs.ts";
import { longestReason } from "../../src/commands/parse-commands.ts";
import { usualWaiverRules } from "../../src/policy/policy.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";

const page = readFileSync(new URL("../../docs/commands.md", import.meta.url), "utf8");

it("docs/commands.md is what scripts/generate-docs.ts writes", async () => {
  expect(page).toBe(commandsDocs(page, await loadChecks()));
});

it("docs/commands.md says what the code does", () => {
  const { by, neverAuthor, maxDays, byTick } = usualWaiverRules;
  expect(page).toContain(`by: [${by}]`);
  expect(page).toContain(`never_author: ${neverAuthor}\n  max_days: ${maxDays}\n  by_tick: ${byTick} `);
  expect(page).toContain(`kept up to ${longestReason} characters`);
});
