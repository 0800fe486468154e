import { expect, it } from "vitest";
import { judgingPolicies } from "../../src/ledger/judging-policies.ts";

const row = (seq: number, kind: string, policy: string | null, baseRef = "main") => ({
  ...{ seq, kind, time: `2026-01-0${seq}T00:00:00.000Z`, data: JSON.stringify({ baseRef, policy }) },
});

it.each<[string, ReturnType<typeof row>[], number[]]>([
  ["the one that judged", [row(1, "policy", "a"), row(2, "policy", "b"), row(3, "verdict", "b")], [2]],
  [
    "each that judged, when one came back",
    [
      row(1, "policy", "a"),
      row(2, "verdict", "a"),
      row(3, "policy", "b"),
      row(4, "policy", "a"),
      row(5, "verdict", "a"),
    ],
    [1, 4],
  ],
  ["that of the base branch", [row(1, "policy", "a"), row(2, "policy", "a", "release"), row(3, "verdict", "a")], [1]],
  ["none that came after", [row(1, "verdict", "a"), row(2, "policy", "a")], []],
  [
    "none where another one judged, or it is not known",
    [row(1, "policy", "a"), row(2, "verdict", "b"), row(3, "verdict", null)],
    [],
  ],
  ["none of what can't be read", [{ ...row(1, "policy", "a"), data: "{" }, row(2, "verdict", "a")], []],
])("a verdict refers to %s", (_, rows, expected) => {
  expect([...judgingPolicies(rows, () => true)]).toEqual(expected);
});

it("only those of wanted verdicts count", () => {
  const rows = [row(1, "policy", "a"), row(2, "verdict", "a"), row(3, "policy", "b"), row(4, "verdict", "b")];
  expect([...judgingPolicies(rows, (time) => time >= "2026-01-03")]).toEqual([3]);
});
