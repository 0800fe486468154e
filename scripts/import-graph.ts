import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** One import, types included: a repository path on both sides, or the package's name as it is written. */
export interface Import {
  file: string;
  target: string;
}

export const root: string = join(import.meta.dirname, "..");

/** All source files that git knows or would take; what lies in `test/fixtures` and `examples` is data. */
export function sourceFiles(...patterns: string[]): string[] {
  const wanted = patterns.length > 0 ? patterns : ["*.ts", "*.js", "*.hbs"];
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...wanted], {
    cwd: root,
    encoding: "utf8",
  });
  const deleted = execFileSync("git", ["ls-files", "--deleted"], { cwd: root, encoding: "utf8" }).split("\n");
  return listed
    .split("\n")
    .filter((file) => file !== "" && !deleted.includes(file) && !/^(test\/fixtures|examples)\//.test(file));
}

/** What is named by an import or export that begins a line, or by a dynamic import anywhere. */
const specifiers = /^ *(?:import|export)\b(?:[^'"=;(]* from)? ?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

export function importsOf(files: readonly string[]): Import[] {
  return files
    .filter((file) => /\.(ts|js)$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), "utf8");
      return Array.from(text.matchAll(specifiers), ([, one, other]) => {
        const specifier = (one ?? other)!;
        const target = specifier.startsWith(".") ? relative(root, join(root, dirname(file), specifier)) : specifier;
        return { file, target };
      });
    });
}

/** Every file that `file` imports, directly or not, types included; not itself. */
export function reachedFrom(file: string, imports: readonly Import[]): Set<string> {
  const targets = Map.groupBy(imports, (entry) => entry.file);
  const reached = new Set<string>();
  const open = [file];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { target } of targets.get(next) ?? []) {
      if (reached.has(target)) continue;
      reached.add(target);
      open.push(target);
    }
  }
  return reached;
}

/** The imports that lie on a circle or between two: what is left when files without importers or imports are taken away. */
export function importCircles(imports: readonly Import[]): Import[] {
  const files = new Set(imports.map(({ file }) => file));
  let left = imports.filter(({ target }) => files.has(target));
  for (let before = -1; before !== left.length; ) {
    before = left.length;
    const importers = new Set(left.map(({ file }) => file));
    const imported = new Set(left.map(({ target }) => target));
    left = left.filter(({ file, target }) => imported.has(file) && importers.has(target));
  }
  return left;
}
