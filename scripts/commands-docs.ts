import { commandNames, commandTable } from "../src/commands/command.ts";
import type { Check } from "../src/verdict/check.ts";
import { fillSections } from "./fill-sections.ts";

/** The page `docs/commands.md` with its tables made from the commands and the checks. */
export function commandsDocs(page: string, checks: ReadonlyMap<string, Check>): string {
  const commands = commandNames.map((name) => `| \`${commandTable[name].usage}\` | ${commandTable[name].does} |`);
  const rules = [...checks.values()].map(({ id, badness }) => `| \`${id}\` | ${badness?.docs ?? "–"} |`);
  return fillSections(page, {
    commands: ["| command | |", "|---|---|", ...commands].join("\n"),
    badness: ["| check | what may not grow |", "|---|---|", ...rules].join("\n"),
  });
}
