import { z } from "zod";
import type { Outcome, ProblemCode } from "../../pipeline/problem.ts";
import { readTextFile } from "../../pipeline/read-text-file.ts";
import { type Facts, factsSchema } from "../facts/facts.ts";

const maxBytes = 64 * 1024 * 1024;

const savedFacts = z.object({ format: z.literal("modelsync-facts"), version: z.literal(1), facts: factsSchema });

/** The content of a file from which `modelsync replay` judges again. */
export function factsFile(facts: Facts): string {
  return `${JSON.stringify({ format: "modelsync-facts", version: 1, facts }, null, 1)}\n`;
}

/** Reads a file that `modelsync review --save` wrote, or says why it is not one. */
export async function readFactsFile(path: string): Promise<Outcome<Facts>> {
  const failed = (code: ProblemCode, message: string): Outcome<never> => ({
    ok: false,
    problems: [{ code, where: { path }, message, remedy: "Name a file that modelsync review --save wrote." }],
  });
  const text = await readTextFile(path, maxBytes);
  if (!text.ok) return text;
  let value: unknown;
  try {
    value = JSON.parse(text.value);
  } catch {
    return failed("not-json", "The file is not JSON.");
  }
  const parsed = savedFacts.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data.facts, notes: [] };
  const issue = parsed.error.issues[0];
  const key = issue?.path.join(".") || "the file";
  return failed("not-saved-facts", `The file does not hold saved facts: ${key} is ${issue?.message ?? "wrong"}.`);
}
