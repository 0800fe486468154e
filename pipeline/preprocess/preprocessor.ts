import { z } from "zod";

const featureSchema = z.discriminatedUnion("type", [
  z.strictObject({
    name: z.string(),
    type: z.literal("numeric"),
    /** Imputed for missing. */
    median: z.number(),
    mean: z.number(),
    /** 1 when constant. */
    scale: z.number().positive(),
  }),
  z.strictObject({
    name: z.string(),
    type: z.literal("categorical"),
    /** One-hot in this order; unknown values encode as all zeros. */
    categories: z.array(z.string()),
  }),
]);
export type SerializedFeature = z.infer<typeof featureSchema>;

/** Fitted on training rows only. One entry per feature, in feature order. */
export const preprocessorSchema = z.strictObject({ features: z.array(featureSchema) });
export type SerializedPreprocessor = z.infer<typeof preprocessorSchema>;
