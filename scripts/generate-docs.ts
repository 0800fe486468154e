import { writeFileSync } from "node:fs";
import { checksDocs } from "../src/policy/checks-docs.ts";
import { policyJsonSchema } from "../src/policy/policy-json-schema.ts";
import { loadChecks } from "../src/verdict/discover-checks.ts";

/** Writes the documents that are made from the code: the list of checks and the schema for editors. */
const checks = await loadChecks();
write("checks.md", checksDocs(checks));
write("policy.schema.json", `${JSON.stringify(policyJsonSchema(checks), null, 2)}\n`);

function write(name: string, content: string): void {
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), content);
}
