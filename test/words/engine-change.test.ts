import { expect, it } from "vitest";
import type { EngineChange } from "../../src/verdict/verdict.ts";
import { describeEngineChange } from "../../src/words/engine-change.ts";

const metrics = { id: "metric-regression", title: "Metric regression" };
const drift = { id: "data-drift", title: "Data drift" };

it.each<[EngineChange, "pass" | "fail" | "cannot-tell", string]>([
  [
    { conclusion: "pass", answers: [{ ...metrics, earlier: "pass", now: "fail" }] },
    "fail",
    "Only ModelSync changed: its earlier version answered `pass` to these same files; metric regression said pass, now says fail.",
  ],
  [
    { conclusion: "cannot-tell", answers: [{ ...metrics, earlier: "cannot-tell", now: "pass" }] },
    "pass",
    "Only ModelSync changed: its earlier version answered `cannot tell` to these same files; metric regression said cannot tell, now says pass.",
  ],
  [
    {
      conclusion: "pass",
      answers: [
        { ...metrics, earlier: "not-applicable", now: "pass" },
        { ...drift, earlier: "pass", now: "fail" },
      ],
    },
    "pass",
    "Only ModelSync changed: its earlier version answered `pass` to these same files as well; metric regression said not applicable, now says pass; data drift said pass, now says fail.",
  ],
])("%j, now %s", (change, now, sentence) => {
  expect(describeEngineChange(change, now)).toBe(sentence);
});
