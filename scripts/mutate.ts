/**
 * Lists the mutants of a folder that its tests don't notice: each has one operator, condition or literal changed, and is judged by
 * the tests of the mirrored folder (`test/pipeline/stats` for `pipeline/stats`), in a copy.
 *
 *     npm run mutate -- FOLDER [FILE …]
 *
 * Exits with 1 when one survives. Some survivors are equal to the original; the others ask for a test.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { root } from "./import-graph.ts";

const [folder, ...files] = parseArgs({ allowPositionals: true }).positionals.map((path) => path.replace(/\/$/, ""));
const tests = folder === undefined ? "" : join("test", folder.replace(/^src\//, ""));
if (folder === undefined || !existsSync(join(root, tests))) {
  process.stderr.write(
    "Usage: npm run mutate -- FOLDER [FILE …], where FOLDER has tests: pipeline/stats, src/checks …\n",
  );
  process.exit(2);
}

process.env.MUTATED_TESTS = tests;
const mutants = await new Stryker({
  mutate: files.length > 0 ? files.map((file) => `${folder}/${file}`) : [`${folder}/**/*.ts`],
  // Texts and whole blocks are left alone: what is asked is whether the tests see a wrong decision.
  mutator: { excludedMutations: ["StringLiteral", "ObjectLiteral", "ArrayDeclaration", "BlockStatement", "Regex"] },
  plugins: ["@stryker-mutator/vitest-runner"],
  testRunner: "vitest",
  vitest: { configFile: "scripts/mutate.config.ts", related: false },
  coverageAnalysis: "perTest",
  // The preprocessor needs an interface that the native compiler does not have; nothing here needs preprocessing.
  tsconfigFile: "none",
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: [],
  allowConsoleColors: false,
  tempDirName: "node_modules/.cache/mutants",
  cleanTempDir: "always",
}).runMutationTest();

const survived = mutants.filter(({ status }) => status === "Survived" || status === "NoCoverage");
const lines = survived.map(({ fileName, location: { start, end }, replacement, status }) => {
  // Lines and columns are counted from one.
  const line = readFileSync(fileName, "utf8").split("\n")[start.line - 1]!;
  const before =
    start.line === end.line ? line.slice(start.column - 1, end.column - 1) : `${line.slice(start.column - 1)} …`;
  return `${relative(root, fileName)}:${start.line} ${before} → ${replacement?.replace(/\s+/g, " ")}: ${status === "Survived" ? "survived" : "not covered"}`;
});
process.stdout.write(`${[...lines.sort(), `${survived.length} of ${mutants.length} mutants survived`].join("\n")}\n`);
process.exitCode = survived.length > 0 ? 1 : 0;
