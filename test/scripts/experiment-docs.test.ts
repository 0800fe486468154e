import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseExperiment } from "../../pipeline/experiment/parse-experiment.ts";
import { estimators } from "../../pipeline/models/registry.ts";
import { problemCodes } from "../../pipeline/problem-codes.ts";
import { formats } from "../../pipeline/read/formats.ts";
import { experimentDocs } from "../../scripts/experiment-docs.ts";
import { experimentJsonSchema } from "../../scripts/experiment-json-schema.ts";
import { modelsDocs } from "../../scripts/models-docs.ts";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/experiment.md"), "utf8");

describe("docs/experiment.md", () => {
  it("has the tables that scripts/generate-docs.ts writes", () => {
    expect(experimentDocs(page, estimators, formats)).toBe(page);
  });

  it("keeps what stands between the tables", () => {
    const blank = "<!-- fields -->\nold\n<!-- end -->\nkept\n<!-- estimators -->\n<!-- end -->\n";
    const lines = experimentDocs(blank, estimators, formats).split("\n");
    expect(lines.filter((line) => /^(old|kept)$|`split\.by`|`ridge/.test(line))).toEqual([
      expect.stringContaining('| `split.by` | hash, time, group | `"hash"` |'),
      "kept",
      expect.stringContaining("| `ridge-regression: alpha` |"),
    ]);
  });

  it.each([...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text as string))(
    "has an example that is an experiment: %s",
    (text) => {
      expect(parseExperiment(text, "e.yml")).toMatchObject({ ok: true });
    },
  );

  it("names codes that exist", () => {
    const answers = page.split("## What a mistake is answered with")[1] ?? "";
    const cells = [...answers.matchAll(/^\| (`[^|]*`) \|/gm)].map(([, cell]) => cell as string);
    const codes = cells.flatMap((cell) => cell.match(/[a-z][a-z0-9-]+/g) ?? []);
    expect(codes.length).toBeGreaterThan(40);
    expect(codes.filter((code) => !(code in problemCodes))).toEqual([]);
  });
});

it("docs/models.md has the table that scripts/generate-docs.ts writes", () => {
  const models = readFileSync(join(root, "docs/models.md"), "utf8");
  expect(models).toContain("| `baseline` | binary, multiclass, regression | Ignores the features");
  expect(modelsDocs(models, estimators)).toBe(models);
});

it("docs/experiment.schema.json is what scripts/generate-docs.ts writes", () => {
  const committed = readFileSync(join(root, "docs/experiment.schema.json"), "utf8");
  expect(JSON.parse(committed)).toEqual(experimentJsonSchema(estimators));
});
