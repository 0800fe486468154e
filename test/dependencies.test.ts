import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
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

/** What is named by an import or export at the beginning of a line, or by a dynamic import anywhere. */
const specifiers = /^(?:import|export)\b(?:[^'"=;(]* from)? ?['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/gm;

/** Every package that a file of ours imports, with those files. */
const importers = new Map<string, string[]>();
for (const file of execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.ts", "*.js"], { cwd: root })
  .toString()
  .split("\n")
  .filter((file) => file !== "" && !/^(test\/fixtures|examples)\//.test(file))) {
  for (const [, one, other] of readFileSync(join(root, file), "utf8").matchAll(specifiers)) {
    const name = /^(?!node:)(@[\w.-]+\/)?\w[\w.-]*/.exec(one ?? other ?? "")?.[0];
    if (name !== undefined && name !== own) importers.set(name, [...(importers.get(name) ?? []), file]);
  }
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
  // loaded by their names: by scripts of package.json, the compiler, vitest and Stryker
  const tools = [
    "@biomejs/biome",
    "@stryker-mutator/vitest-runner",
    "@types/node",
    "@types/pg",
    "@vitest/coverage-v8",
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
