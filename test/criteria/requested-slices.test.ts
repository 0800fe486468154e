import { expect, it } from "vitest";
import { requestedSlices } from "../../src/criteria/requested-slices.ts";
import { anIssue } from "../support/facts.ts";

const female = { column: "sex", value: "Female" };
const young = { column: "age band", value: "<30" };

it("collects each slice of every issue once", () => {
  const body =
    "- [ ] recall[sex=Female] not worse\n- [x] f1[sex=Female] >= 0.5\n- [ ] recall[age band=<30] improves\n- [ ] docs";
  expect(requestedSlices([anIssue(1, { body }), anIssue(2, { body })])).toEqual([female, young]);
});

it("gives a model only what is meant for it", () => {
  const body = "- [ ] income: recall[sex=Female] not worse\n- [ ] recall[age band=<30] not worse";
  expect(requestedSlices([anIssue(1, { body })], "income")).toEqual([female, young]);
  expect(requestedSlices([anIssue(1, { body })], "churn")).toEqual([young]);
});

it("passes over unreadable issues, ordinary tasks and unreadable slices", () => {
  const unreadable = { ...anIssue(1), issue: null };
  expect(requestedSlices([unreadable, anIssue(2, { body: "- [ ] recall[Female] not worse\n- [ ] a[b=c]" })])).toEqual(
    [],
  );
});

it("asks for at most 20 slices", () => {
  const body = Array.from({ length: 300 }, (_, i) => `- [ ] recall[id=${i}] not worse`).join("\n");
  expect(requestedSlices([anIssue(1, { body })])).toHaveLength(20);
});
