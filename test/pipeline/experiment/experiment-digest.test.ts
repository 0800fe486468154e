import { describe, expect, it } from "vitest";
import { experimentDigest } from "../../../pipeline/experiment/experiment-digest.ts";
import { parseExperiment } from "../../../pipeline/experiment/parse-experiment.ts";
import { estimators } from "./estimators.ts";

function digest(text: string): string {
  const outcome = parseExperiment(text, "e.yml", estimators);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return experimentDigest(outcome.value);
}

const written = "data: a.csv\ntarget: y\nexclude: [b, a]\ncolumns: {p: numeric, q: categorical}\n";

describe("experimentDigest", () => {
  it("has a fixed value, so that cached runs stay valid", () => {
    expect(digest(written)).toBe("8412d89f0c2b86b75d5821a8c828177ac960238f7e555f1b8cfed2e06d333547");
  });

  it.each([
    ["order of keys", "target: y\ncolumns: {q: categorical, p: numeric}\nexclude: [b, a]\ndata: a.csv\n"],
    ["comments", `# why\n${written}`],
    ["order of excluded columns", written.replace("[b, a]", "[a, b]")],
    ["saying that no time is declared", `${written}time: null\n`],
    ["a default written out", `${written}split: {holdout: 0.25}\nmodel: {c: 1.0}\n`],
  ])("does not depend on %s", (_, text) => {
    expect(digest(text)).toBe(digest(written));
  });

  it.each([
    ["data", written.replace("a.csv", "b.csv")],
    ["seed", `${written}split: {seed: 43}\n`],
    ["the time of rows", `${written}time: a\n`],
    ["an option", `${written}model: {c: 2}\n`],
    ["a column type", written.replace("p: numeric", "p: categorical")],
  ])("depends on %s", (_, text) => {
    expect(digest(text)).not.toBe(digest(written));
  });
});
