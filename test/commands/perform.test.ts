import { expect, it } from "vitest";
import type { Conversation } from "../../src/commands/conversation.ts";
import { perform } from "../../src/commands/perform.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";
import { aPolicy, headCommit } from "../support/facts.ts";
import { aStanding } from "../support/standing.ts";

const finding = {
  ...{ check: "data-drift", fingerprint: "aaaaaaaa11111111", title: "`age` drifted", badness: null, evidence: "e" },
  ...{ numbers: { effect: 0.312345, q: 0 }, remedy: "See whether it is wanted." },
};
const conversation: Conversation = {
  person: { login: "grace", role: "maintain", isAuthor: false },
  standing: aStanding(),
  policy: {
    ok: true,
    value: aPolicy({
      version: 1,
      checks: { "data-drift": { level: "block", options: { scope: "column" } } },
      defaults: ["checks.data-drift.scope"],
    }),
    notes: [],
  },
  baseRef: "main",
  checks: await loadChecks(),
  seen: { findings: [finding], headSha: headCommit, since: new Date("2026-01-02T03:00:00Z") },
  waivers: [],
  comment: { id: 5, createdAt: "2026-01-02T03:00:00Z" },
  now: "2026-01-02T03:04:05.678Z",
};

const explained = (target: string) => {
  const result = perform({ name: "explain", target }, conversation);
  return "says" in result ? result.says : [];
};

it("explain says what was measured and what to do, without code of a pull request", () => {
  expect(explained("data-drift").at(-1)).toBe(
    "`aaaaaaaa11111111` 'age' drifted (effect 0.3123, q 0). See whether it is wanted.",
  );
});

it("explain says which values of the policy a check goes by", () => {
  expect(explained("data-drift")).toContain(
    'By `checks.data-drift` in the policy, version 1: level `"block"`, scope `"column"` (default)',
  );
});

it("explain does not take what can't be waived for nothing", () => {
  expect(explained("data-schema").at(-1)).toBe(
    "Found nothing on `c91e7d0` that could be waived. What it can't tell, the report says.",
  );
});
