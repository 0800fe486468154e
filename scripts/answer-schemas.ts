import { z } from "zod";
import { reportedRunSchema } from "../pipeline/child/run-protocol.ts";
import { problemSchema } from "../pipeline/problem.ts";
import { factsSchema } from "../src/facts/facts.ts";
import { verdictSchema } from "../src/verdict/verdict.ts";

/** What `review --format json` prints. */
export const reviewAnswerSchema = z.object({
  format: z.literal("modelsync-review"),
  version: z.literal(1),
  verdict: verdictSchema,
  facts: factsSchema,
});

/** What `run --format json` prints. */
export const runAnswerSchema = z.object({
  format: z.literal("modelsync-run"),
  version: z.literal(1),
  runs: z.array(z.object({ model: z.string(), run: reportedRunSchema })),
});

/** The file `docs/review.schema.json`. */
export function reviewJsonSchema(): object {
  return forReaders(reviewAnswerSchema, "ModelSync review");
}

/** The file `docs/run.schema.json`. */
export function runJsonSchema(): object {
  return forReaders(runAnswerSchema, "ModelSync run");
}

/** A JSON Schema (draft 2020-12). Fields may be added without a new version, so none is refused for being unknown. */
function forReaders(schema: z.ZodType, title: string): object {
  const { $schema, ...root } = z.toJSONSchema(schema, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      // Absent while a problem is in memory, printed with every one.
      if (zodSchema === problemSchema) jsonSchema.required?.push("class");
    },
  });
  return { $schema, title, ...root };
}
