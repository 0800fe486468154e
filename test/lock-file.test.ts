import { readFileSync } from "node:fs";
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
