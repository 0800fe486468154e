import { describe, expect, it } from "vitest";
import type { Conversation, SeenFinding } from "../../src/commands/conversation.ts";
import { unwaive, waive } from "../../src/commands/waive.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";
import type { Waiver } from "../../src/verdict/waiver.ts";
import { aPolicy, headCommit } from "../support/facts.ts";
import { aStanding } from "../support/standing.ts";

const checks = await loadChecks();

function aFinding(fingerprint: string, value = 0.31): SeenFinding {
  return {
    check: "data-drift",
    fingerprint,
    title: `${fingerprint} drifted`,
    badness: { value, unit: "psi" },
    evidence: "e",
    ...{ paths: ["data/a.csv"], numbers: { psi: value }, remedy: "Look at it." },
  };
}

const [age, sex] = [aFinding("aaaaaaaa11111111"), aFinding("bbbbbbbb22222222")];

function aConversation(different: Partial<Conversation> = {}): Conversation {
  return {
    person: { login: "grace", role: "maintain", isAuthor: false },
    standing: aStanding(),
    policy: { ok: true, value: aPolicy(), notes: [] },
    baseRef: "main",
    checks,
    seen: { findings: [age, sex], headSha: headCommit, since: new Date("2026-01-02T03:00:00.900Z") },
    waivers: [],
    comment: { id: 5, createdAt: "2026-01-02T03:00:00Z" },
    now: "2026-01-02T03:04:05.678Z",
    ...different,
  };
}

function aWaiver(findings: SeenFinding[], different: Partial<Waiver> = {}): Waiver {
  return {
    check: "data-drift",
    findings: findings.map(({ fingerprint, title, badness, evidence }) => ({ fingerprint, title, badness, evidence })),
    reason: "new wave",
    by: "grace",
    given: "2026-01-02T03:04:05.678Z",
    until: "2026-04-02",
    headSha: headCommit,
    comment: 5,
    baseRef: "main",
    withdrawnBy: null,
    ...different,
  };
}

const command = (target = "data-drift", until: string | null = null) =>
  ({ name: "waive", target, reason: "new wave", until }) as const;

describe("waive", () => {
  it.each<[string, ReturnType<typeof command>, Partial<Conversation>, Waiver]>([
    ["takes all that a check found", command(), {}, aWaiver([age, sex])],
    ["takes one finding", command("AAAAAA"), {}, aWaiver([age])],
    ["takes a last day", command("data-drift", "2026-01-02"), {}, aWaiver([age, sex], { until: "2026-01-02" })],
    [
      "renews what is over",
      command(),
      { waivers: [aWaiver([age, sex], { until: "2026-01-01" })] },
      aWaiver([age, sex]),
    ],
    ["adds to what is waived in part", command(), { waivers: [aWaiver([age])] }, aWaiver([age, sex])],
    [
      "takes what got worse",
      command(),
      { waivers: [aWaiver([aFinding(age.fingerprint, 0.2), sex])] },
      aWaiver([age, sex]),
    ],
    [
      "takes what was taken back",
      command(),
      { waivers: [aWaiver([age, sex], { withdrawnBy: "ada" })] },
      aWaiver([age, sex]),
    ],
  ])("%s", (_, given, different, waiver) => {
    expect(waive(given, aConversation(different))).toEqual({ kind: "waived", waiver });
  });

  it.each<[string, ReturnType<typeof command>, Partial<Conversation>, string]>([
    ["no verdict", command(), { seen: null }, "There is no verdict to waive yet."],
    [
      "what was found after the comment",
      command(),
      { seen: { ...aConversation().seen!, since: new Date("2026-01-02T03:00:01Z") } },
      "was published after this comment. Look at it",
    ],
    ["no policy", command(), { policy: null }, "The branch `main` has no policy"],
    ["a broken policy", command(), { policy: { ok: false, problems: [] } }, "The policy of `main` has mistakes."],
    ["a check that found nothing", command("data-schema"), {}, "`data-schema` found nothing on `c91e7d0`"],
    ["a check nobody knows", command("drift`"), {}, "There is no check `drift`."],
    [
      "what is waived",
      command(),
      { waivers: [aWaiver([age, sex], { by: "linus" })] },
      "waived already, by linus until 2026-04-02.",
    ],
    [
      "too long a time",
      command("data-drift", "2026-04-03"),
      {},
      "A waiver holds for 90 days at most: until 2026-04-02.",
    ],
    ["a time that is over", command("data-drift", "2026-01-01"), {}, "2026-01-01 is over."],
    [
      "a fingerprint of two findings",
      command("aaaaaaaa"),
      { seen: { ...aConversation().seen!, findings: [age, aFinding("aaaaaaaa33333333")] } },
      "Several findings start with `aaaaaaaa`.",
    ],
  ])("refuses %s", (_, given, different, says) => {
    const result = waive(given, aConversation(different));
    expect(result).toMatchObject({ kind: "refused", says: expect.arrayContaining([expect.stringContaining(says)]) });
  });
});

describe("unwaive", () => {
  const writer = { login: "linus", role: "write", isAuthor: false } as const;
  const undo = (target: string, different: Partial<Conversation>) =>
    unwaive({ name: "unwaive", target }, aConversation({ waivers: [aWaiver([age])], ...different }));

  it.each<[string, string, Partial<Conversation>, string | null]>([
    ["by a maintainer", "data-drift", {}, null],
    ["by the author, a maintainer", "data-drift", { person: { login: "ada", role: "admin", isAuthor: true } }, null],
    ["by a finding", "aaaaaaaa", {}, age.fingerprint],
    ["by who gave it and may no more", "data-drift", { person: { ...writer, login: "grace" } }, null],
  ])("%s", (_, target, different, fingerprint) => {
    expect(undo(target, different)).toEqual({ kind: "withdrawn", check: "data-drift", fingerprint });
  });

  it.each<[string, string, Partial<Conversation>, string]>([
    [
      "by somebody else",
      "data-drift",
      { person: writer },
      "Only a maintainer of this repository (role maintain or admin), or who gave a waiver takes it back.",
    ],
    ["of what is not waived", "data-schema", {}, "Nothing that `data-schema` found is waived."],
    [
      "of what was taken back",
      "data-drift",
      { waivers: [aWaiver([age], { withdrawnBy: "x" })] },
      "Nothing that `data-drift`",
    ],
    ["of a finding that no waiver names", "bbbbbbbb", {}, "There is no finding `bbbbbbbb` here."],
  ])("is refused %s", (_, target, different, says) => {
    expect(undo(target, different)).toEqual({ kind: "refused", says: [expect.stringContaining(says)] });
  });
});
