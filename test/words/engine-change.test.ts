import { expect, it } from "vitest";
import type { EngineChange } from "../../src/verdict/verdict.ts";
import { describeEngineChange } from "../../src/words/engine-change.ts";

const metrics = { id: "metric-regression", title: "Metric regression" };
const drift = { id: "data-drift", title: "Data drift" };

it.each<[EngineChange, "pass" | "fail" | "cannot-tell", string]>([
  [
    { conclusion: "pass", answers: [{ ...metrics, earlier: "pass", now: "fail" }] },
    "fail",
    "Only ModelSync's engine changed: by what another version of it measured on these same files, the answer would be `pass`; metric regression would say pass and says fail.",
  ],
  [
    { conclusion: "cannot-tell", answers: [{ ...metrics, earlier: "cannot-tell", now: "pass" }] },
    "pass",
    "Only ModelSync's engine changed: by what another version of it measured on these same files, the answer would be `cannot tell`; metric regression would say cannot tell and says pass.",
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
    "Only ModelSync's engine changed: by what another version of it measured on these same files, the answer would be `pass` as well; metric regression would say not applicable and says pass; data drift would say pass and says fail.",
  ],
])("%j, now %s", (change, now, sentence) => {
  expect(describeEngineChange(change, now)).toBe(sentence);
});
