import { runGit } from "./run-git.ts";

/**
 * Variables by which git starts no filter: to compare a file of the working tree with its commit, git would run the
 * command that the configuration names for it. A file is then compared as it lies there. git 2.31 and newer reads them.
 */
export async function withoutFilters(folder: string): Promise<Record<string, string>> {
  const filters = "^filter\\..*\\.(clean|smudge|process|required)$";
  const { output } = await runGit(folder, ["config", "--name-only", "-z", "--get-regexp", filters]);
  const keys = [...new Set(output.toString("utf8").split("\0").filter(Boolean))];
  const settings = keys.flatMap((key, index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, ""],
  ]);
  return Object.fromEntries([["GIT_CONFIG_COUNT", String(keys.length)], ...settings]);
}
