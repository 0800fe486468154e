import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Outcome, refused } from "../../pipeline/problem.ts";
import { readTextFile } from "../../pipeline/read-text-file.ts";
import { type Migration, migratePolicy } from "../policy/migrate-policy.ts";
import { policyPath } from "../policy/parse-policy.ts";
import { newestVersion } from "../policy/policy.ts";
import { temporaryFolder } from "../prepare/temporary-folder.ts";
import { loadChecks } from "../verdict/discover-checks.ts";
import { countOf } from "../words/count-of.ts";
import { refuse } from "./answer.ts";
import { exitCodes } from "./exit-codes.ts";
import { jsonAnswer } from "./json-answer.ts";
import { markdownTable } from "./markdown-table.ts";
import { placeFile } from "./place-file.ts";
import { plainText } from "./plain-text.ts";
import { print } from "./print.ts";
import type { Format } from "./render.ts";
import { textTable } from "./text-table.ts";

interface MigrateOptions {
  keepLevels: boolean;
  dryRun: boolean;
  format: Format;
}

/** The parser's own words are better for a file that is only a little too large. */
const maxBytes = 1024 * 1024;

/** `modelsync policy migrate [PATH]`: rewrites a policy in the newest version and shows what changes. Answers the exit code. */
export async function migrate(path = policyPath, options: MigrateOptions): Promise<number> {
  const [read, checks] = await Promise.all([readTextFile(path, maxBytes), loadChecks()]);
  if (!read.ok) return refuse(read.problems);
  const migrated = migratePolicy(read.value, path, checks, { keep: options.keepLevels });
  if (!migrated.ok) return refuse(migrated.problems);
  if (migrated.value !== null && !options.dryRun) {
    const replaced = await replaceText(path, read.value, migrated.value.text);
    if (!replaced.ok) return refuse(replaced.problems);
  }
  print(show(path, migrated.value, options));
  return exitCodes.pass;
}

/** At once, and only where the file still is, byte by byte, the text that was read. */
async function replaceText(path: string, before: string, after: string): Promise<Outcome<null>> {
  await using folder = await temporaryFolder("modelsync-policy-");
  const file = join(folder.path, "policy.yml");
  await writeFile(file, after);
  const now = await readTextFile(path, maxBytes);
  if (!now.ok || now.value !== before || before.includes("\uFFFD")) {
    return refused({
      code: "policy-not-migrated",
      where: { path },
      message: "The file changed while it was read, or is not UTF-8, so it stays as it is.",
      allowed: "UTF-8 text that nobody else writes",
      remedy: "Save it as UTF-8 and run this again.",
    });
  }
  const problems = await placeFile(file, path);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: null, notes: [] };
}

const header = ["check", "was", "is now", "from"];

function show(path: string, migration: Migration | null, { dryRun, format }: MigrateOptions): string {
  if (format === "json") {
    const written = migration !== null && !dryRun;
    return jsonAnswer("modelsync-policy-migration", { path, written, migration });
  }
  const name = plainText(path);
  if (migration === null) return `${name} is of version ${newestVersion} already: nothing to do.`;
  const { was, now, values, text } = migration;
  const rows = values.map(({ check, key, ...value }) => [
    `${value.was === value.now ? "" : "* "}${key === "level" ? check : `${check}, ${key}`}`,
    value.was,
    value.now,
    value.from,
  ]);
  const changes = values.filter((value) => value.was !== value.now).length;
  const table = format === "markdown" ? markdownTable(header, rows) : textTable(header, rows);
  const done = `${name}: version ${was} ${dryRun ? "would become" : "is now"} version ${now}; ${changes === 0 ? "no level changes" : `${countOf(changes, "change")}, marked *`}.`;
  return [done, "", table, ...(dryRun && format === "terminal" ? ["", ...shownLines(text)] : [])].join("\n");
}

/** A policy has comments that nobody but its author has read. */
function shownLines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => plainText(line, text.length));
}
