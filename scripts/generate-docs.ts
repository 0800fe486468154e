import { readFileSync, writeFileSync } from "node:fs";
import { metrics } from "../pipeline/metrics/registry.ts";
import { estimators } from "../pipeline/models/registry.ts";
import { formats } from "../pipeline/read/formats.ts";
import { loadChecks } from "../src/verdict/discover-checks.ts";
import { reviewJsonSchema, runJsonSchema } from "./answer-schemas.ts";
import { checksDocs } from "./checks-docs.ts";
import { commandsDocs } from "./commands-docs.ts";
import { experimentDocs } from "./experiment-docs.ts";
import { experimentJsonSchema } from "./experiment-json-schema.ts";
import { metricsDocs } from "./metrics-docs.ts";
import { modelsDocs } from "./models-docs.ts";
import { policyJsonSchema } from "./policy-json-schema.ts";
import { problemDocs } from "./problem-docs.ts";

/** Writes the documents that are made from the code: checks, problems, experiments, metrics, estimators, schemas for editors and readers. */
const checks = await loadChecks();
write("checks.md", checksDocs(checks));
write("commands.md", commandsDocs(read("commands.md"), checks));
write("policy.schema.json", `${JSON.stringify(policyJsonSchema(checks), null, 2)}\n`);
write("experiment.md", experimentDocs(read("experiment.md"), estimators, formats));
write("models.md", metricsDocs(modelsDocs(read("models.md"), estimators), metrics));
write("experiment.schema.json", `${JSON.stringify(experimentJsonSchema(estimators), null, 2)}\n`);
write("problems.md", problemDocs());
write("review.schema.json", `${JSON.stringify(reviewJsonSchema(), null, 2)}\n`);
write("run.schema.json", `${JSON.stringify(runJsonSchema(), null, 2)}\n`);

function read(name: string): string {
  return readFileSync(new URL(`../docs/${name}`, import.meta.url), "utf8");
}

function write(name: string, content: string): void {
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), content);
}
