import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import description from "../../package.json" with { type: "json" };
import { digestEngine, engineVersion } from "../../pipeline/engine-version.ts";

const pipeline = fileURLToPath(new URL("../../pipeline", import.meta.url));

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "modelsync-engine-"));
  mkdirSync(join(folder, "models"));
  writeFileSync(join(folder, "models", "tree.ts"), "export const depth = 3;\n");
  writeFileSync(join(folder, "run.ts"), "run();\n");
});
afterEach(() => rmSync(folder, { recursive: true }));

const packages = { "ml-matrix": "6.15.1", zod: "4.6.7" };
const file = (name: string) => join(folder, name);

it("is the digest of this pipeline, wherever it is installed", () => {
  cpSync(pipeline, file("elsewhere"), { recursive: true });
  expect(engineVersion).toMatch(/^[0-9a-f]{12}$/);
  expect(digestEngine(file("elsewhere"), description.dependencies)).toBe(engineVersion);
});

it.each<[what: string, same: boolean, digest: () => string]>([
  ["nothing", true, () => digestEngine(folder, packages)],
  ["the order of the packages", true, () => digestEngine(folder, { zod: "4.6.7", "ml-matrix": "6.15.1" })],
  ["a minor version of Node", true, () => digestEngine(folder, packages, `${process.versions.node.split(".")[0]}.99`)],
  ["a file that is no code", true, () => edited(() => writeFileSync(file("notes.txt"), "words"))],
  ["an editor's lock", true, () => edited(() => symlinkSync("ada@laptop", file("models/.#tree.ts")))],
  ["a constant", false, () => edited(() => writeFileSync(file("models/tree.ts"), "export const depth = 4;\n"))],
  ["a new file", false, () => edited(() => writeFileSync(file("models/forest.ts"), ""))],
  ["a file's name", false, () => edited(() => renameSync(file("run.ts"), file("runs.ts")))],
  ["a file's folder", false, () => edited(() => renameSync(file("models/tree.ts"), file("tree.ts")))],
  ["a package's version", false, () => digestEngine(folder, { ...packages, "ml-matrix": "6.15.2" })],
  ["a major version of Node", false, () => digestEngine(folder, packages, "9.0.0")],
])("when %s changed, that it is the same engine is %s", (_, same, digest) => {
  const before = digestEngine(folder, packages);
  expect(digest() === before).toBe(same);
});

function edited(change: () => void): string {
  change();
  return digestEngine(folder, packages);
}
