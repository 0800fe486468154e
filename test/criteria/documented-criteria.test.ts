import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCriterion } from "../../src/criteria/parse-criterion.ts";

const page = readFileSync(new URL("../../docs/acceptance-criteria.md", import.meta.url), "utf8");
const examples = page.split("```text\n")[1]!.split("\n```")[0]!.split("\n");

it.each(examples)("%s is measurable, as the page says", (example) => {
  expect(parseCriterion(example).kind).toBe("measurable");
});
