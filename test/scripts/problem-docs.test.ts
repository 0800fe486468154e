import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { problemName } from "../../pipeline/problem.ts";
import { problemCodes } from "../../pipeline/problem-codes.ts";
import { problemDocs } from "../../scripts/problem-docs.ts";

const page = readFileSync(new URL("../../docs/problems.md", import.meta.url), "utf8");

it("docs/problems.md is what scripts/generate-docs.ts writes", () => {
  expect(page).toBe(problemDocs());
});

it("a problem is named by its class and its code", () => {
  expect(problemName({ code: "unknown-key" })).toBe("configuration/unknown-key");
});

it("every code is documented once, and means one sentence", () => {
  const documented = [...page.matchAll(/^\| `[a-z-]+\/([a-z0-9-]+)` \|/gm)].map(([, code]) => code);
  expect(documented.toSorted()).toEqual(Object.keys(problemCodes).toSorted());
  expect(Object.values(problemCodes).filter(([, means]) => !/^[A-Z][^.]*\.$/.test(means))).toEqual([]);
});
