import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { checksDocs } from "../../scripts/checks-docs.ts";
import { policyJsonSchema } from "../../scripts/policy-json-schema.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";

const checks = await loadChecks();
const committed = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");

it("docs/checks.md is what scripts/generate-docs.ts writes", () => {
  expect(committed("checks.md")).toBe(checksDocs(checks));
});

it("docs/policy.schema.json is what scripts/generate-docs.ts writes", () => {
  expect(JSON.parse(committed("policy.schema.json"))).toEqual(policyJsonSchema(checks));
});

it("the schema tells good policies from bad ones as an editor would", () => {
  const validate = new Ajv2020().compile(policyJsonSchema(checks));
  const good = ".github/modelsync.yml";
  expect(validate(parse(readFileSync(good, "utf8")))).toBe(true);
  expect(
    [1, 2].map((version) =>
      validate({ version, checks: { "data-leakage": { level: "warn", also_block: ["target-copy"] } } }),
    ),
  ).toEqual([true, true]);
  expect(
    [{}, { version: 3 }, { version: "2" }, { version: 1, checks: { nothing: {} } }, { version: 2, model: [] }].map(
      (policy) => validate(policy),
    ),
  ).toEqual([false, false, false, false, false]);
});
