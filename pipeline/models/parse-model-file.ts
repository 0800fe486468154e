import { z } from "zod";
import type { Outcome } from "../problem.ts";
import { type ModelFile, modelFileSchema } from "../run-result.ts";
import { estimators } from "./registry.ts";

const knownModelFile = modelFileSchema.extend({ estimator: z.looseObject({ type: z.enum([...estimators.keys()]) }) });

/**
 * Checks what was read from a model file. The estimator's own part is checked when the model is restored.
 *
 * @param path for the place of a problem
 */
export function parseModelFile(content: unknown, path: string): Outcome<ModelFile> {
  const parsed = knownModelFile.safeParse(content);
  if (parsed.success) return { ok: true, value: parsed.data, notes: [] };
  return {
    ok: false,
    problems: parsed.error.issues.slice(0, 20).map((issue) => {
      const key = issue.path.join(".");
      return {
        code: "invalid-model-file",
        where: { path, ...(key === "" ? {} : { key: key.slice(0, 80) }) },
        message: `This is not a model file of this version: ${issue.message.slice(0, 200)}.`,
        remedy: "Use a file that modelsync run --output wrote with this version.",
      };
    }),
  };
}
