import { z } from "zod";
import { experimentSchema } from "../pipeline/experiment/experiment-schema.ts";
import type { EstimatorOptions } from "../pipeline/experiment/parse-experiment.ts";

/**
 * The JSON Schema (draft 2020-12) of experiment files, with which editors complete and check them. The options of
 * each estimator are alternatives chosen by `model.type`.
 */
export function experimentJsonSchema(estimators: EstimatorOptions): Record<string, unknown> {
  const { $schema, ...root } = toSchema(experimentSchema);
  const properties = root.properties as Record<string, unknown>;
  return {
    $schema,
    title: "ModelSync experiment",
    ...root,
    properties: {
      ...properties,
      model: {
        description: experimentSchema.shape.model.description,
        anyOf: [...estimators].map(([type, estimator]) => modelSchema(type, estimator.options)),
      },
    },
  };
}

const defaultType = experimentSchema.shape.model.parse(undefined).type;

function modelSchema(type: string, options: z.ZodType): Record<string, unknown> {
  const { $schema: _, properties, required, ...rest } = toSchema(options);
  return {
    ...rest,
    title: type,
    properties: { type: { const: type }, ...(properties as object) },
    // The default estimator may go unnamed; every other one is chosen by its name.
    required: [...(type === defaultType ? [] : ["type"]), ...((required as string[] | undefined) ?? [])],
  };
}

function toSchema(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}
