import { z } from "zod";
import type { RefinementParams } from "./zod-problems.ts";

/**
 * A path to a file as people write it in a policy or an experiment: relative to the repository root, with `/`, never
 * leaving the repository. A leading `./` is accepted and dropped.
 */
export const repositoryPath = z
  .string()
  .min(1)
  .max(1024)
  .superRefine((path, context) => {
    const message = pathMistake(path);
    if (message === null) return;
    context.addIssue(badPath(message));
  })
  .transform(withoutDots);

/** The issue of a path with a mistake. */
export function badPath(message: string) {
  return {
    code: "custom" as const,
    message,
    params: {
      code: "bad-path",
      allowed: "a path relative to the repository root, for example data/train.csv",
      remedy: "Write the path relative to the repository root, with /, without .. and without a scheme.",
    } satisfies RefinementParams,
  };
}

/** The path without a leading `./`. */
export function withoutDots(path: string): string {
  return path.replace(/^(\.\/)+/, "");
}

/** What is wrong with a repository path, as a sentence, or null. */
export function pathMistake(path: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(path)) return "The path contains a control character.";
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return "The path is a URL or names a drive.";
  if (path.includes("\\")) return "The path contains a backslash.";
  if (path.startsWith("/") || path.startsWith("~")) return "The path is absolute.";
  const parts = path.replace(/^(\.\/)+/, "").split("/");
  if (parts.includes("..")) return "The path contains .. and could leave the repository.";
  if (parts.includes("") || parts.includes(".")) return "The path contains an empty or a . part.";
  if (parts.some((part) => part.toLowerCase() === ".git")) return "The path points into .git.";
  return null;
}
