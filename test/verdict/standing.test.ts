import { expect, it } from "vitest";
import type { Twin } from "../../src/store/twins.ts";
import { type Standing, standingOf, waitsForTwins } from "../../src/verdict/standing.ts";

const twin = (number: number, conclusion: Twin["conclusion"], insider = true): Twin => ({
  number,
  conclusion,
  insider,
});
const passes = { insider: true, passes: true };
const fails = { insider: true, passes: false };
const outsider = { insider: false, passes: true };

it.each<[string, Parameters<typeof standingOf>[0], Twin[], Standing]>([
  ["alone", passes, [], { says: "own" }],
  ["alone and failing", fails, [], { says: "own" }],
  ["with a twin that passes", passes, [twin(2, "success")], { says: "own" }],
  ["with a twin that fails", passes, [twin(2, "failure"), twin(3, null)], { says: "failing", twins: [2] }],
  ["with a twin that nobody judged yet", passes, [twin(2, null), twin(3, "success")], { says: "waiting", twins: [2] }],
  ["failing beside a twin that nobody judged yet", fails, [twin(2, null)], { says: "own" }],
  ["with an outsider's twin that fails", passes, [twin(2, "failure", false)], { says: "own" }],
  [
    "an outsider's, beside another outsider's that fails",
    outsider,
    [twin(2, "failure", false)],
    { says: "failing", twins: [2] },
  ],
  [
    "an outsider's, beside an insider's",
    outsider,
    [twin(2, "success"), twin(3, "failure", false)],
    { says: "theirs", twins: [2] },
  ],
])("the check of a pull request %s", (_, own, twins, expected) => {
  expect(standingOf(own, twins, null)).toEqual(expected);
});

it.each<[string, Parameters<typeof standingOf>[0], Twin[], boolean]>([
  ["nobody", passes, [twin(2, "failure"), twin(3, "success")], false],
  ["a twin, although another one fails", passes, [twin(2, "failure"), twin(3, null)], true],
  ["nobody, because it fails itself", fails, [twin(2, null)], false],
  ["nobody, because the twin is an outsider's", passes, [twin(2, null, false)], false],
  ["an outsider's twin, as an outsider's", outsider, [twin(2, null, false)], true],
  ["nobody, because the check is an insider's", outsider, [twin(2, null)], false],
])("a pull request waits for %s", (_, own, twins, expected) => {
  expect(waitsForTwins(own, twins, null)).toBe(expected);
});

it.each<[string, Parameters<typeof standingOf>[0], Twin[]]>([
  ["its own failure", fails, []],
  ["a twin that fails", passes, [twin(2, "failure")]],
  ["a twin that nobody judged yet", passes, [twin(2, null)]],
  ["whoever else the check belongs to", outsider, [twin(2, "failure")]],
])("what was let through by hand stands above %s", (_, own, twins) => {
  const override = {
    number: 2,
    by: "ada",
    reason: "incident",
    given: "2026-01-02T03:04:05.678Z",
    headSha: "c".repeat(40),
  };
  expect([standingOf(own, twins, override), waitsForTwins(own, twins, override)]).toEqual([
    { says: "overridden", override },
    false,
  ]);
});
