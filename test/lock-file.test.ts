import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

interface Locked {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), "utf8"));
const { packages } = read("package-lock.json") as { packages: Record<string, Locked> };

it("names every optional package of every platform, without which npm ci refuses to start", () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages))
      .map((name) => `${path} → ${name}`),
  );
  expect(missing).toEqual([]);
});

it("asks for what package.json asks for, in exact versions", () => {
  const wanted = read("package.json") as Locked;
  const { dependencies, devDependencies, optionalDependencies } = packages[""] ?? {};
  expect({ dependencies, devDependencies, optionalDependencies }).toEqual({
    dependencies: wanted.dependencies,
    devDependencies: wanted.devDependencies,
    optionalDependencies: wanted.optionalDependencies,
  });
  const versions = [wanted.dependencies, wanted.devDependencies, wanted.optionalDependencies].flatMap((one) =>
    Object.values(one ?? {}),
  );
  expect(versions.filter((version) => !/^\d/.test(version))).toEqual([]);
});

/** What `npm ci` prints, with this repository's `.npmrc`, about a lock file whose only package has these fields. */
function npmCi(locked: { version: string; engines: Record<string, string> }, wanted = locked.version) {
  const folder = mkdtempSync(join(tmpdir(), "modelsync-npm-"));
  const root = { name: "root", version: "1.0.0", dependencies: { one: wanted } };
  const resolved = "https://registry.npmjs.org/one/-/one-1.0.0.tgz";
  const packages = { "": root, "node_modules/one": { ...locked, resolved } };
  cpSync(new URL("../.npmrc", import.meta.url), join(folder, ".npmrc"));
  writeFileSync(join(folder, "package.json"), JSON.stringify(root));
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ ...root, lockfileVersion: 3, packages }));
  const { PATH = "" } = process.env;
  // Whether a newer npm exists is none of the lock file's doing.
  const env = { PATH, HOME: folder, npm_config_update_notifier: "false" };
  const { stderr } = spawnSync("npm", ["ci", "--dry-run", "--offline"], { cwd: folder, encoding: "utf8", env });
  rmSync(folder, { recursive: true });
  return stderr;
}

it("lets npm ci be silent about engines, on an older Node a page of warnings, and not about errors", () => {
  const locked = { version: "1.0.0", engines: { node: ">=99" } };
  expect(npmCi(locked)).toBe("");
  expect(npmCi(locked, "2.0.0")).toMatch(/^npm error /);
});
