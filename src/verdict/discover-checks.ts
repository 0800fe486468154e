import { existsSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { z } from "zod";
import type { Check } from "./check.ts";

const checksFolder = new URL("../checks/", import.meta.url);
const templatesFolder = new URL("../../templates/checks/", import.meta.url);

/**
 * Every check under `src/checks`, by id in alphabetical order. Found by listing the folder, so that a new check edits
 * no list. Throws when one breaks the recipe (file name = id, an object schema as options, a template): that is a
 * defect of this program, never of a user.
 */
export async function loadChecks(): Promise<ReadonlyMap<string, Check>> {
  const files = readdirSync(checksFolder)
    .filter((file) => file.endsWith(".ts"))
    .sort();
  const checks = await Promise.all(files.map(loadCheck));
  return new Map(checks.map((check) => [check.id, check]));
}

async function loadCheck(file: string): Promise<Check> {
  const module: { default?: Check } = await import(new URL(file, checksFolder).href);
  const id = basename(file, ".ts");
  const check = module.default;
  if (check === undefined) throw new Error(`src/checks/${file} has no default export`);
  if (check.id !== id) throw new Error(`src/checks/${file} exports the check ${check.id}; it must be ${id}`);
  if (!(check.options instanceof z.ZodObject)) throw new Error(`The options of ${id} are not an object schema`);
  if (!existsSync(new URL(`${id}.hbs`, templatesFolder))) throw new Error(`templates/checks/${id}.hbs is missing`);
  return check;
}
