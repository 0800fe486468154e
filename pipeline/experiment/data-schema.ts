import { z } from "zod";
import { columnName } from "./column-name.ts";
import { badPath, pathMistake, repositoryPath, withoutDots } from "./repository-path.ts";

const path = z.string().min(1).max(1024);

/** What may be written in `data`: a path, a pattern, or a list of them. A list of one is the same as that one. */
export const dataSchema = z
  .union([path, z.array(path).min(1).max(100)])
  .superRefine((written, context) => {
    for (const [index, one] of [written].flat().entries()) {
      const message = pathMistake(one) ?? patternMistake(one);
      if (message !== null) context.addIssue({ ...badPath(message), path: Array.isArray(written) ? [index] : [] });
    }
  })
  .transform((written): string | string[] => {
    const paths = [...new Set([written].flat().map(withoutDots))];
    return paths.length === 1 ? paths[0]! : paths;
  });

/** What may be written in `labels`. */
export const labelsSchema = z.strictObject({
  data: repositoryPath.describe("File with the labels and the key columns, relative to the repository root."),
  key: z
    .union([columnName, z.array(columnName).min(1).max(20)])
    .describe("Column, or columns, by which a row of the data finds its label."),
});

/** More wildcards than anyone needs would only make a pattern slow. */
const maxWildcards = 20;

/** `**` is a folder or several and nothing else, so that nobody takes `a**b` for more than it is. */
function patternMistake(written: string): string | null {
  const folders = written.split("/");
  if (folders.some((part) => part.includes("**") && part !== "**")) return "The pattern has ** within a name.";
  const wildcards = written.match(/\*+|\?/g)?.length ?? 0;
  return wildcards > maxWildcards ? `The pattern has ${wildcards} wildcards, more than ${maxWildcards}.` : null;
}
