import { expect, it } from "vitest";
import { newFinding } from "../../src/verdict/new-finding.ts";

const written = { title: "t", evidence: { head: 0.5 }, remedy: "r", model: "income", metric: "f1" };
const print = (...args: Parameters<typeof newFinding>) => newFinding(...args).fingerprint;

it("carries what was written and a fingerprint", () => {
  expect(newFinding("metric-threshold", "min", written)).toEqual({
    check: "metric-threshold",
    fingerprint: "3fc48f4259d4d2d6",
    ...written,
  });
});

it("the fingerprint forgets numbers and words, and remembers what it is about", () => {
  const same = print("metric-threshold", "min", { ...written, title: "other", evidence: { head: 0.4 }, remedy: "x" });
  const others = [
    print("metric-threshold", "max", written),
    print("metric-regression", "min", written),
    print("metric-threshold", "min", { ...written, metric: "recall" }),
    print("metric-threshold", "min", { ...written, model: "churn" }),
    print("metric-threshold", "min", { ...written, slice: "sex = Female" }),
    print("metric-threshold", "min", written, ["#3"]),
  ];
  expect(same).toBe(print("metric-threshold", "min", written));
  expect(new Set([same, ...others]).size).toBe(others.length + 1);
});
